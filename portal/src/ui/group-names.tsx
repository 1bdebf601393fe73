import { Badge, Button, Group } from '@mantine/core';
import { useState } from 'react';
import { Link } from '../routing/link';
import { words } from '../words';

const SHOWN_AT_FIRST = 20;

interface GroupNamesProps {
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  /** The path of a group's page, for those who may open it. */
  readonly pathOf?: (id: string) => string;
}

/** The groups of a user; of many, the first, and a button that shows all. */
export function GroupNames({ groups, pathOf }: GroupNamesProps) {
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? groups : groups.slice(0, SHOWN_AT_FIRST);
  return (
    <Group gap={6}>
      {groups.length === 0 && words.profile.noGroups}
      {shown.map(({ id, name }) => (
        <GroupName key={id} name={name} path={pathOf?.(id)} />
      ))}
      {groups.length > SHOWN_AT_FIRST && (
        <Button variant="subtle" size="compact-sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? words.profile.fewerGroups : words.profile.allGroups(groups.length)}
        </Button>
      )}
    </Group>
  );
}

function GroupName({ name, path }: { name: string; path: string | undefined }) {
  const text = <bdi>{name}</bdi>;
  if (path !== undefined) return <Link to={path}>{text}</Link>;
  return (
    <Badge color="gray" variant="light" tt="none" maw="100%">
      {text}
    </Badge>
  );
}
