import { useState } from 'react';
import { fieldError, type Refusal } from '../../../api/refusal';
import type { DraftField } from './draft';

/** What the server said of each field, until that is changed or saved again. */
export function useFieldErrors(refusal: Refusal | undefined) {
  const [changed, setChanged] = useState<ReadonlySet<DraftField>>(new Set());
  return {
    errorOf: (name: DraftField) => (changed.has(name) ? undefined : fieldError(refusal, name)),
    forget: (name: DraftField) => setChanged((now) => new Set(now).add(name)),
    begin: () => setChanged(new Set()),
  };
}
