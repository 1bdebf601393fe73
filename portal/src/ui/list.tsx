import { Skeleton, Table, Text, VisuallyHidden } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';
import { words } from '../words';

/** A column: its name, how much of the width it takes, and whether its name is for screen readers alone. */
export interface Column {
  readonly name: string;
  readonly width?: `${number}%`;
  readonly isSpoken?: boolean;
}

interface ListProps {
  readonly label: string;
  readonly columns: readonly Column[];
  /** Undefined while they are still to come. */
  readonly rows: readonly ReactNode[] | undefined;
  readonly nothing: string;
  readonly minWidth?: number;
  /** How many rows hold the place meanwhile. */
  readonly held?: number;
}

/** The names of the columns for the style sheet, which writes them before each cell where a row is a card. */
function namesFor(columns: readonly Column[]): CSSProperties {
  const names = columns.map(({ name, isSpoken }, at) => [`--column-${at + 1}`, JSON.stringify(isSpoken ? '' : name)]);
  return Object.fromEntries(names) as CSSProperties;
}

/** A table of rows that may still be to come, and then hold their place. On a phone each row is a card. */
export function List({ label, columns, rows, nothing, minWidth = 560, held = 8 }: ListProps) {
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label={label}>
      <Table
        layout="fixed"
        role="table"
        style={namesFor(columns)}
        aria-label={label}
        aria-busy={!rows}
        miw={minWidth}
        verticalSpacing="xs"
        horizontalSpacing="md"
      >
        <Table.Thead role="rowgroup">
          <Line>
            {columns.map(({ name, width, isSpoken }) => (
              <Table.Th key={name} w={width} role="columnheader">
                {isSpoken ? <VisuallyHidden>{name}</VisuallyHidden> : name}
              </Table.Th>
            ))}
          </Line>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {rows ?? Array.from({ length: held }, (_, row) => <HeldRow key={row} columns={columns.length} />)}
        </Table.Tbody>
      </Table>
      {rows?.length === 0 && (
        <Text c="dimmed" p="md" role="status">
          {nothing}
        </Text>
      )}
    </div>
  );
}

/** A row. The roles are said aloud: some browsers forget them where a style sheet lays a table out anew. */
export function Line({ children }: { children: ReactNode }) {
  return <Table.Tr role="row">{children}</Table.Tr>;
}

/** A cell of a row. */
export function Cell({ children, isAtEnd }: { children?: ReactNode; isAtEnd?: boolean }) {
  return (
    <Table.Td role="cell" className={isAtEnd ? 'at-end' : undefined}>
      {children}
    </Table.Td>
  );
}

function HeldRow({ columns }: { columns: number }) {
  return (
    <Line>
      {Array.from({ length: columns }, (_, column) => (
        <Cell key={column}>
          <Skeleton height={14} width={column === 0 ? '70%' : '45%'} aria-label={words.loading} />
        </Cell>
      ))}
    </Line>
  );
}
