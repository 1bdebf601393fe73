import { Skeleton, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from '../words';

interface ListProps {
  readonly label: string;
  readonly columns: readonly string[];
  /** Undefined while they are still to come. */
  readonly rows: readonly ReactNode[] | undefined;
  readonly nothing: string;
  readonly minWidth?: number;
  /** How many rows hold the place meanwhile. */
  readonly held?: number;
}

/** A table of rows that may still be to come, and then hold their place. */
export function List({ label, columns, rows, nothing, minWidth = 560, held = 8 }: ListProps) {
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label={label}>
      <Table
        layout="fixed"
        aria-label={label}
        aria-busy={!rows}
        miw={minWidth}
        verticalSpacing="xs"
        horizontalSpacing="md"
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column}>{column}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
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

function HeldRow({ columns }: { columns: number }) {
  return (
    <Table.Tr>
      {Array.from({ length: columns }, (_, column) => (
        <Table.Td key={column} aria-label={words.loading}>
          <Skeleton height={14} width={column === 0 ? '70%' : '45%'} />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
