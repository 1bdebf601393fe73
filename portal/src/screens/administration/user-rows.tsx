import { Badge, Group } from '@mantine/core';
import type { UserRowFragment } from '../../generated/graphql';
import { Link } from '../../routing/link';
import { Cell, type Column, Line } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { words } from '../../words';

/** The columns of a list of users. */
export const USER_COLUMNS: readonly Column[] = [
  { name: words.users.username, width: '26%' },
  { name: words.users.email, width: '28%' },
  { name: words.users.status, width: '26%' },
  { name: words.users.lastLogin },
];

/** A user in a list. */
export function UserTableRow({ user }: { user: UserRowFragment }) {
  return (
    <Line>
      <Cell>
        <Link to={`/administration/users/${user.id}`} fw={500}>
          {user.username}
        </Link>
      </Cell>
      <Cell>{user.email ?? '–'}</Cell>
      <Cell>
        <UserBadges user={user} />
      </Cell>
      <Cell>
        <Moment at={user.lastLoginAt} />
      </Cell>
    </Line>
  );
}

/** Badges: administrator, disabled or active. */
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
