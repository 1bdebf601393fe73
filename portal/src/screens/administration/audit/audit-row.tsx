import { Badge, Text } from '@mantine/core';
import type { AuditEventsQuery } from '../../../generated/graphql';
import { Link } from '../../../routing/link';
import { Cell, Line } from '../../../ui/list';
import { dateAndTime } from '../../../ui/moment';
import { words, wordFor } from '../../../words';

type AuditEvent = NonNullable<AuditEventsQuery['auditEvents']>['edges'][number]['node'];

const { audit } = words;
const COLOURS: Readonly<Record<string, string>> = { SUCCEEDED: 'green', REFUSED: 'red', FAILED: 'yellow' };

/** One event of the audit log. */
export function AuditRow({ event }: { event: AuditEvent }) {
  const { actor, target } = event;
  return (
    <Line>
      <Cell>
        <time dateTime={event.at}>{dateAndTime(event.at)}</time>
      </Cell>
      <Cell>
        <Named
          kind={actor.kind === 'USER' ? 'user' : ''}
          id={actor.id}
          label={actor.label ?? wordFor(audit.actors, actor.kind)}
        />
      </Cell>
      <Cell>
        <span title={event.action}>{wordFor(audit.actions, event.action)}</span>
        {event.count > 1 && (
          <Text size="xs" c="dimmed">
            {audit.times(event.count)}
          </Text>
        )}
        {event.changes.length > 0 && <Changes changes={event.changes} />}
      </Cell>
      <Cell>{target && <Named kind={target.type} id={target.id} label={target.label ?? target.type} />}</Cell>
      <Cell>
        <Badge color={COLOURS[event.outcome] ?? 'gray'} variant="light" tt="none">
          {wordFor(audit.outcomes, event.outcome)}
        </Badge>
        {event.reason && (
          <Text size="xs" c="dimmed" title={event.reason}>
            {wordFor(audit.reasons, event.reason)}
          </Text>
        )}
        {event.detail && (
          <Text size="xs" c="dimmed">
            {event.detail}
          </Text>
        )}
      </Cell>
      <Cell>{event.remoteAddress}</Cell>
    </Line>
  );
}

/** What the action changed, folded away. */
function Changes({ changes }: { changes: AuditEvent['changes'] }) {
  return (
    <details className="changes">
      <summary>{audit.changes(changes.length)}</summary>
      <dl>
        {changes.map(({ field, before, after }) => (
          <div key={field}>
            <dt>{field}</dt>
            <dd>
              <del aria-label={audit.before}>{before ?? audit.noValue}</del>{' '}
              <ins aria-label={audit.after}>{after ?? audit.noValue}</ins>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Named({ kind, id, label }: { kind: string; id: string | null | undefined; label: string }) {
  return kind === 'user' && id ? <Link to={`/administration/users/${id}`}>{label}</Link> : label;
}
