import { Badge, Button, Group } from '@mantine/core';
import { useState } from 'react';
import { words } from '../../words';
import type { ProfileUser } from './profile-user';

const SHOWN_AT_FIRST = 20;

/** The user's groups; of many, the first, and a button that shows all. */
export function GroupNames({ groups }: { groups: ProfileUser['groups'] }) {
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? groups : groups.slice(0, SHOWN_AT_FIRST);
  return (
    <Group gap={6}>
      {groups.length === 0 && words.profile.noGroups}
      {shown.map(({ id, name }) => (
        <Badge key={id} color="gray" variant="light" tt="none" maw="100%">
          <bdi>{name}</bdi>
        </Badge>
      ))}
      {groups.length > SHOWN_AT_FIRST && (
        <Button variant="subtle" size="compact-sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? words.profile.fewerGroups : words.profile.allGroups(groups.length)}
        </Button>
      )}
    </Group>
  );
}
