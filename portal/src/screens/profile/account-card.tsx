import { Badge, Button, Group } from '@mantine/core';
import { useState } from 'react';
import { GroupNames } from '../../ui/group-names';
import { Card } from '../../ui/page';
import { words, wordFor } from '../../words';
import { EditProfile } from './edit-profile';
import type { ProfileUser } from './profile-user';

/** The user's own account, with a button to edit it. */
export function AccountCard({ user }: { user: ProfileUser }) {
  const [isEditing, setEditing] = useState(false);
  const { profile } = words;
  return (
    <Card
      title={profile.account}
      actions={
        <Button variant="default" size="compact-sm" onClick={() => setEditing(true)}>
          {profile.edit}
        </Button>
      }
    >
      <dl className="facts">
        <dt>{profile.username}</dt>
        <dd>
          <Group gap="xs">
            <bdi>{user.username}</bdi>
            {user.isAdmin && (
              <Badge variant="light" tt="none">
                {profile.admin}
              </Badge>
            )}
          </Group>
        </dd>
        <Fact name={profile.realName} value={user.realName} />
        <Fact name={profile.email} value={user.email} />
        <Fact name={profile.comment} value={user.comment} />
        <Fact name={profile.kind} value={wordFor(profile.kinds, user.kind)} />
        <dt>{profile.groups}</dt>
        <dd>
          <GroupNames groups={user.groups} />
        </dd>
      </dl>
      {isEditing && <EditProfile user={user} onClose={() => setEditing(false)} />}
    </Card>
  );
}

function Fact({ name, value }: { name: string; value: string | null | undefined }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value ? <bdi>{value}</bdi> : '–'}</dd>
    </>
  );
}
