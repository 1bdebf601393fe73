import { useEffect, useState } from 'react';

const TYPING_PAUSE_MILLISECONDS = 250;

/** The text, delayed until typing has paused for 250 ms. */
export function useDebounced(text: string): string {
  const [debounced, setDebounced] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(text), TYPING_PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [text]);
  return debounced;
}
