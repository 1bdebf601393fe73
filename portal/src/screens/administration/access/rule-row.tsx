import { Badge, Button, Code, Group, Text } from '@mantine/core';
import type { RuleFragment } from '../../../generated/graphql';
import { Link } from '../../../routing/link';
import { Cell, Line } from '../../../ui/list';
import { words, wordFor } from '../../../words';

const { access } = words;

interface RuleRowProps {
  readonly rule: RuleFragment;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

/** A rule in the list. */
export function RuleRow({ rule, onEdit, onDelete }: RuleRowProps) {
  const { repositoryPattern } = rule;
  return (
    <Line>
      <Cell>
        <Code>{repositoryPattern}</Code>
      </Cell>
      <Cell>
        <Group gap={6}>
          {rule.actions.map((action) => (
            <Badge key={action} color="gray" variant="light" tt="none">
              {wordFor(access.actionNames, action)}
            </Badge>
          ))}
        </Group>
      </Cell>
      <Cell>
        <Subject rule={rule} />
        {rule.service !== null && (
          <Text size="xs" c="dimmed">
            {access.atService(rule.service)}
          </Text>
        )}
      </Cell>
      <Cell isAtEnd>
        {rule.readOnlyReason === null ? (
          <Group gap="xs" className="at-end">
            <Button
              variant="default"
              size="compact-sm"
              aria-label={access.editThis(repositoryPattern)}
              onClick={onEdit}
            >
              {access.edit}
            </Button>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={access.removeThis(repositoryPattern)}
              onClick={onDelete}
            >
              {access.remove}
            </Button>
          </Group>
        ) : (
          <Text size="xs" c="dimmed">
            {words.configuration.fixed(rule.readOnlyReason)}
          </Text>
        )}
      </Cell>
    </Line>
  );
}

/** The subject of a rule. */
export function Subject({ rule: { subjectKind, user, username, group } }: { rule: RuleFragment }) {
  if (user) return <Link to={`/administration/users/${user.id}`}>{user.username}</Link>;
  if (group) return <Link to={`/administration/groups/${group.id}`}>{access.group(group.name)}</Link>;
  if (username !== null) return <NameOfNobody username={username} />;
  return <>{wordFor(access.subjects, subjectKind)}</>;
}

/** A user name that the settings file grants something to before anybody has it. */
function NameOfNobody({ username }: { username: string }) {
  return (
    <>
      {username}
      <Text size="xs" c="dimmed">
        {access.nobodyYet}
      </Text>
    </>
  );
}
