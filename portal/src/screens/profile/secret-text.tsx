import { ActionIcon, Group } from '@mantine/core';
import { useState } from 'react';
import { CopyButton } from '../../ui/copy-button';
import { Icon } from '../../ui/icons';
import { words } from '../../words';

const DOTS = '•'.repeat(16);

/** A masked secret that can be revealed, or copied without being revealed. */
export function SecretText({ secret }: { secret: string }) {
  const [isShown, setShown] = useState(false);
  const label = isShown ? words.profile.hide : words.profile.show;
  return (
    <Group gap="xs" align="start" wrap="nowrap">
      <output className="secret" aria-label={words.profile.secretLabel}>
        {isShown ? secret : <span aria-label={words.profile.secretHidden}>{DOTS}</span>}
      </output>
      <ActionIcon variant="default" size={36} aria-label={label} title={label} onClick={() => setShown(!isShown)}>
        <Icon name={isShown ? 'hide' : 'show'} />
      </ActionIcon>
      <CopyButton text={secret} what={words.profile.secretLabel} />
    </Group>
  );
}
