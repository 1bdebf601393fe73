import { ActionIcon } from '@mantine/core';
import { type MouseEvent, useState } from 'react';
import { words } from '../words';
import { Icon } from './icons';

const SHOWN_MILLISECONDS = 2500;

/** The way of browsers that have no clipboard for pages that came over plain http. */
function copyBySelection(text: string, button: HTMLElement): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'out-of-sight';
  // Beside the button: what lies outside of an open dialog can't be selected.
  button.after(field);
  field.select();
  const isDone = document.execCommand('copy');
  field.remove();
  button.focus();
  return isDone;
}

async function copied(text: string, button: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, button);
  }
}

/** Copies a text, and says whether it did, without moving anything. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [said, setSaid] = useState('');
  const copy = async ({ currentTarget }: MouseEvent<HTMLElement>) => {
    setSaid((await copied(text, currentTarget)) ? words.copied : words.copyRefused);
    setTimeout(() => setSaid(''), SHOWN_MILLISECONDS);
  };
  return (
    <div className="copy">
      <ActionIcon
        variant="default"
        size={36}
        aria-label={words.copyThis(what)}
        title={words.copyThis(what)}
        onClick={(event) => void copy(event)}
      >
        <Icon name={said === words.copied ? 'done' : 'copy'} />
      </ActionIcon>
      <span className="copy-said" role="status">
        {said}
      </span>
    </div>
  );
}
