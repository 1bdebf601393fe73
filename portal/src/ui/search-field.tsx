import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useDebounced } from './use-debounced';

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onSearch: (text: string) => void;
}

/** Searches once typing has paused. It also shows a search term that changed elsewhere, such as in the address. */
export function SearchField({ label, placeholder, value, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  const debounced = useDebounced(text);
  if (shown !== value) {
    setShown(value);
    // The result of an earlier search must not overwrite what was typed since.
    if (debounced !== value) setText(value);
  }
  useEffect(() => {
    if (debounced === text && text !== shown) onSearch(text);
  }, [debounced, text, shown, onSearch]);
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
