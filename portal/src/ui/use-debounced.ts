import { useEffect, useState } from 'react';

const TYPING_PAUSE_MILLISECONDS = 250;

/** The text, once typing has paused. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const clock = setTimeout(() => setSettled(text), TYPING_PAUSE_MILLISECONDS);
    return () => clearTimeout(clock);
  }, [text]);
  return settled;
}
