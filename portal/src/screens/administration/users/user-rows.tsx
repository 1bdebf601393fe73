import { Badge, Group, Table } from '@mantine/core';
import type { UserRowFragment } from '../../../generated/graphql';
import { Link } from '../../../routing/link';
import { Moment } from '../../../ui/moment';
import { words } from '../../../words';

/** The columns of a list of people. */
export const USER_COLUMNS = [words.users.username, words.users.email, words.users.status, words.users.lastLogin];

/** A person in a list. */
export function UserTableRow({ user }: { user: UserRowFragment }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Link to={`/administration/users/${user.id}`} fw={500}>
          {user.username}
        </Link>
      </Table.Td>
      <Table.Td>{user.email ?? '–'}</Table.Td>
      <Table.Td>
        <UserBadges user={user} />
      </Table.Td>
      <Table.Td>
        <Moment at={user.lastLoginAt} />
      </Table.Td>
    </Table.Tr>
  );
}

/** What is special about a person. */
export function UserBadges({ user }: { user: UserRowFragment }) {
  return (
    <Group gap={6}>
      {user.isAdmin && (
        <Badge variant="light" tt="none">
          {words.profile.admin}
        </Badge>
      )}
      {user.isDisabled ? (
        <Badge color="red" variant="light" tt="none">
          {words.users.disabled}
        </Badge>
      ) : (
        <Badge color="gray" variant="light" tt="none">
          {words.users.active}
        </Badge>
      )}
    </Group>
  );
}
