import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';

const TYPING_PAUSE_MILLISECONDS = 250;

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onSettled: (text: string) => void;
}

/** Looks for what is typed, once typing has paused. */
export function SearchField({ label, placeholder, value, onSettled }: SearchFieldProps) {
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text === value) return;
    const clock = setTimeout(() => onSettled(text), TYPING_PAUSE_MILLISECONDS);
    return () => clearTimeout(clock);
  }, [text, value, onSettled]);
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
