import { Badge, Button, Code, Group, Table } from '@mantine/core';
import type { RuleFragment } from '../../../generated/graphql';
import { Link } from '../../../routing/link';
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
    <Table.Tr>
      <Table.Td>
        <Code>{repositoryPattern}</Code>
      </Table.Td>
      <Table.Td>
        <Group gap={6}>
          {rule.actions.map((action) => (
            <Badge key={action} color="gray" variant="light" tt="none">
              {wordFor(access.actionNames, action)}
            </Badge>
          ))}
        </Group>
      </Table.Td>
      <Table.Td>
        <Subject rule={rule} />
      </Table.Td>
      <Table.Td>
        <Group gap="xs">
          <Button variant="default" size="compact-sm" aria-label={access.editThis(repositoryPattern)} onClick={onEdit}>
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
      </Table.Td>
    </Table.Tr>
  );
}

/** Whom a rule is for. */
export function Subject({ rule: { subjectKind, user, group } }: { rule: RuleFragment }) {
  if (user) return <Link to={`/administration/users/${user.id}`}>{user.username}</Link>;
  if (group) return <Link to={`/administration/groups/${group.id}`}>{access.group(group.name)}</Link>;
  return <>{wordFor(access.subjects, subjectKind)}</>;
}
