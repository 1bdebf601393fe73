import { Skeleton, Table, Text, VisuallyHidden } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';
import { words } from '../words';

/** A column: its name, its width, and whether the name is for screen readers only. */
export interface Column {
  readonly name: string;
  readonly width?: `${number}%`;
  readonly isForScreenReaders?: boolean;
}

interface ListProps {
  readonly label: string;
  readonly columns: readonly Column[];
  /** Undefined while loading. */
  readonly rows: readonly ReactNode[] | undefined;
  readonly nothing: string;
  readonly minWidth?: number;
  /** The number of placeholder rows while loading. */
  readonly placeholderRows?: number;
}

/** The column names as CSS variables: the style sheet shows them in front of each cell where rows are cards. */
function columnVariables(columns: readonly Column[]): CSSProperties {
  const names = columns.map(({ name, isForScreenReaders }, at) => [
    `--column-${at + 1}`,
    JSON.stringify(isForScreenReaders ? '' : name),
  ]);
  return Object.fromEntries(names) as CSSProperties;
}

/** A table, with placeholder rows while loading. On a phone each row is a card. */
export function List({ label, columns, rows, nothing, minWidth = 560, placeholderRows = 8 }: ListProps) {
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label={label}>
      <Table
        layout="fixed"
        role="table"
        style={columnVariables(columns)}
        aria-label={label}
        aria-busy={!rows}
        miw={minWidth}
        verticalSpacing="xs"
        horizontalSpacing="md"
      >
        <Table.Thead role="rowgroup">
          <Line>
            {columns.map(({ name, width, isForScreenReaders }) => (
              <Table.Th key={name} w={width} role="columnheader">
                {isForScreenReaders ? <VisuallyHidden>{name}</VisuallyHidden> : name}
              </Table.Th>
            ))}
          </Line>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {rows ??
            Array.from({ length: placeholderRows }, (_, row) => <PlaceholderRow key={row} columns={columns.length} />)}
        </Table.Tbody>
      </Table>
      <div role="status">
        {rows?.length === 0 && (
          <Text c="dimmed" p="md">
            {nothing}
          </Text>
        )}
      </div>
    </div>
  );
}

/** A row. The ARIA roles are explicit because some browsers drop them when CSS changes the display of a table. */
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

function PlaceholderRow({ columns }: { columns: number }) {
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
