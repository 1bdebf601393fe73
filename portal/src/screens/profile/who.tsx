import { Badge, Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { ProfileQuery } from '../../generated/graphql';
import { Card } from '../../ui/page';
import { words, wordFor } from '../../words';
import { EditProfile } from './edit-profile';

/** The person of a profile. */
export type Person = NonNullable<ProfileQuery['me']>;

/** Who I am, as the installation knows me. */
export function Who({ person }: { person: Person }) {
  const [isEditing, setEditing] = useState(false);
  const { profile } = words;
  return (
    <Card
      title={profile.who}
      actions={
        <Button variant="default" size="compact-sm" onClick={() => setEditing(true)}>
          {profile.edit}
        </Button>
      }
    >
      <dl className="facts">
        <Fact name={profile.username} value={person.username} />
        <Fact name={profile.realName} value={person.realName} />
        <Fact name={profile.email} value={person.email} />
        <Fact name={profile.comment} value={person.comment} />
        <dt>{profile.account}</dt>
        <dd>
          <Group gap="xs">
            {wordFor(profile.kinds, person.kind)}
            {person.isAdmin && <Badge variant="light">{profile.admin}</Badge>}
          </Group>
        </dd>
        <dt>{profile.groups}</dt>
        <dd>
          <Group gap={6}>
            {person.groups.length === 0 && profile.noGroups}
            {person.groups.map(({ id, name }) => (
              <Badge key={id} color="gray" variant="light" tt="none">
                {name}
              </Badge>
            ))}
          </Group>
        </dd>
      </dl>
      {isEditing && <EditProfile person={person} onClose={() => setEditing(false)} />}
    </Card>
  );
}

function Fact({ name, value }: { name: string; value: string | null | undefined }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value || '–'}</dd>
    </>
  );
}
