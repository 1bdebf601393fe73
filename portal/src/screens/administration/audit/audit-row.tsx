import { Badge, Code, Table, Text } from '@mantine/core';
import type { AuditEventsQuery } from '../../../generated/graphql';
import { Link } from '../../../routing/link';
import { dateAndTime } from '../../../ui/moment';
import { words, wordFor } from '../../../words';

type AuditEvent = NonNullable<AuditEventsQuery['auditEvents']>['edges'][number]['node'];

const { audit } = words;
const COLOURS: Readonly<Record<string, string>> = { SUCCEEDED: 'green', REFUSED: 'red', FAILED: 'yellow' };

/** One event of the audit log. */
export function AuditRow({ event }: { event: AuditEvent }) {
  const { actor, target } = event;
  return (
    <Table.Tr>
      <Table.Td>
        <time dateTime={event.at}>{dateAndTime(event.at)}</time>
      </Table.Td>
      <Table.Td>
        <Named
          kind={actor.kind === 'USER' ? 'user' : ''}
          id={actor.id}
          label={actor.label ?? wordFor(audit.actors, actor.kind)}
        />
      </Table.Td>
      <Table.Td>
        <Code>{event.action}</Code>
        {event.count > 1 && (
          <Text size="xs" c="dimmed">
            {audit.times(event.count)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{target && <Named kind={target.type} id={target.id} label={target.label ?? target.type} />}</Table.Td>
      <Table.Td>
        <Badge color={COLOURS[event.outcome] ?? 'gray'} variant="light" tt="none">
          {wordFor(audit.outcomes, event.outcome)}
        </Badge>
        {event.reason && (
          <Text size="xs" c="dimmed">
            {event.reason}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{event.remoteAddress}</Table.Td>
    </Table.Tr>
  );
}

function Named({ kind, id, label }: { kind: string; id: string | null | undefined; label: string }) {
  return kind === 'user' && id ? <Link to={`/administration/users/${id}`}>{label}</Link> : label;
}
