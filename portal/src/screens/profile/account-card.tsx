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
        <dt>{profile.username}</dt>
        <dd>
          <Group gap="xs">
            {person.username}
            {person.isAdmin && (
              <Badge variant="light" tt="none">
                {profile.admin}
              </Badge>
            )}
          </Group>
        </dd>
        <Fact name={profile.realName} value={person.realName} />
        <Fact name={profile.email} value={person.email} />
        <Fact name={profile.comment} value={person.comment} />
        <Fact name={profile.kind} value={wordFor(profile.kinds, person.kind)} />
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
