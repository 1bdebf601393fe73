import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSettled } from './use-debounced';

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onSettled: (text: string) => void;
}

/** Looks for what is typed, once typing has paused; shows what is looked for where that changes without typing. */
export function SearchField({ label, placeholder, value, onSettled }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  const settled = useSettled(text);
  if (shown !== value) {
    setShown(value);
    // An answer to what was typed must not undo what is being typed since.
    if (settled !== value) setText(value);
  }
  useEffect(() => {
    if (settled === text && text !== shown) onSettled(text);
  }, [settled, text, shown, onSettled]);
  return (
    <TextInput
      className="wide"
      type="search"
      label={label}
      placeholder={placeholder}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      spellCheck={false}
    />
  );
}
