import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { words } from '../words';
import { Icon } from './icons';

const SHOWN_MILLISECONDS = 2000;

/** Copies a text, and says that it did, without moving anything. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    const isDone = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    setSaid(isDone ? words.copied : words.copyRefused);
    setTimeout(() => setSaid(''), SHOWN_MILLISECONDS);
  };
  return (
    <>
      <ActionIcon
        variant="default"
        size={36}
        aria-label={words.copyThis(what)}
        title={words.copyThis(what)}
        onClick={() => void copy()}
      >
        <Icon name={said === words.copied ? 'done' : 'copy'} />
      </ActionIcon>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  );
}
