import { Text } from '@mantine/core';
import type { UserDetailFragment } from '../../../generated/graphql';
import { Fact } from '../../../ui/fact';
import { GroupNames } from '../../../ui/group-names';
import { Moment } from '../../../ui/moment';
import { Card } from '../../../ui/page';
import { words, wordFor } from '../../../words';
import { UserBadges } from '../user-rows';

/** The data of a user, including why they are an administrator. */
export function UserFacts({ user }: { user: UserDetailFragment }) {
  const { profile, users } = words;
  const identity = user.oidcIdentity;
  return (
    <Card title={profile.account}>
      <dl className="facts">
        <Fact name={users.status}>
          <UserBadges user={user} />
        </Fact>
        <Fact name={profile.realName}>{user.realName || '–'}</Fact>
        <Fact name={profile.email}>{user.email || '–'}</Fact>
        <Fact name={profile.comment}>{user.comment || '–'}</Fact>
        <Fact name={profile.kind}>{wordFor(profile.kinds, user.kind)}</Fact>
        <Fact name={profile.admin}>
          {user.isAdmin ? user.adminSources.map((source) => wordFor(users.sources, source)).join('; ') : users.notAdmin}
        </Fact>
        <Fact name={profile.groups}>
          <GroupNames groups={user.groups} pathOf={(id) => `/administration/groups/${id}`} />
        </Fact>
        <Fact name={users.repositoryName}>{user.repositoryName ?? '–'}</Fact>
        {identity && <Fact name={profile.issuer}>{identity.issuer}</Fact>}
        {identity && <Fact name={profile.subject}>{identity.subject}</Fact>}
        {identity && (
          <Fact name={profile.loginState}>
            {wordFor(profile.states, identity.tokenState)}
            {identity.reauthenticationReason && (
              <Text size="sm" c="dimmed">
                {wordFor(profile.reasons, identity.reauthenticationReason)}
              </Text>
            )}
          </Fact>
        )}
        {user.kind === 'OIDC' && (
          <Fact name={profile.secret}>
            {user.cliSecret ? wordFor(profile.statuses, user.cliSecret.status) : users.noSecret}
          </Fact>
        )}
        <Fact name={users.created}>
          <Moment at={user.createdAt} />
        </Fact>
        <Fact name={users.lastLogin}>
          <Moment at={user.lastLoginAt} />
        </Fact>
      </dl>
    </Card>
  );
}
