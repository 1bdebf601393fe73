import { ActionIcon } from '@mantine/core';
import { type MouseEvent, useState } from 'react';
import { words } from '../words';
import { Icon } from './icons';

const SHOWN_MILLISECONDS = 2500;

/** For browsers that provide no clipboard on pages loaded over plain http. */
function copyBySelection(text: string, button: HTMLElement): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'out-of-sight';
  // Next to the button: elements outside an open dialog can't be selected.
  button.after(field);
  field.select();
  const isDone = document.execCommand('copy');
  field.remove();
  button.focus();
  return isDone;
}

async function copyText(text: string, button: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, button);
  }
}

/** Copies a text and reports the result, without a layout shift. */
export function CopyButton({ text, what, name }: { text: string; what: string; name?: string }) {
  const [message, setMessage] = useState('');
  const copy = async ({ currentTarget }: MouseEvent<HTMLElement>) => {
    setMessage((await copyText(text, currentTarget)) ? words.copied : words.copyRefused);
    setTimeout(() => setMessage(''), SHOWN_MILLISECONDS);
  };
  return (
    <div className="copy">
      <ActionIcon
        variant="default"
        size={36}
        name={name}
        aria-label={words.copyThis(what)}
        title={words.copyThis(what)}
        onClick={(event) => void copy(event)}
      >
        <Icon name={message === words.copied ? 'done' : 'copy'} />
      </ActionIcon>
      <span className="copy-message" role="status">
        {message}
      </span>
    </div>
  );
}
