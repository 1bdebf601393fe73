import { useEffect, useState } from 'react';
import { askBeforeLeaving } from '../routing/location';
import { words } from '../words';
import { Confirm } from './confirm';

/** Asks before a screen with unsaved changes is left by a link, the back button, or closing the tab. */
export function UnsavedGuard({ isOn }: { isOn: boolean }) {
  const [decide, setDecide] = useState<{ readonly with: (mayLeave: boolean) => void }>();
  useEffect(() => {
    if (!isOn) return;
    return askBeforeLeaving(() => new Promise((resolve) => setDecide({ with: resolve })));
  }, [isOn]);
  if (!decide) return null;
  const answer = (mayLeave: boolean) => {
    setDecide(undefined);
    decide.with(mayLeave);
  };
  return (
    <Confirm
      title={words.unsaved.title}
      text={words.unsaved.text}
      action={words.unsaved.leave}
      cancel={words.unsaved.stay}
      isDangerous
      onConfirm={() => answer(true)}
      onCancel={() => answer(false)}
    />
  );
}
