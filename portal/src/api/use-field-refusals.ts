import { useState } from 'react';
import { fieldError, type Refusal } from './refusal';

const NONE: ReadonlySet<string> = new Set();

/** Why a form was refused. What was said of a field goes when the field changes, what was said of the whole form when any does. */
export function useFieldRefusals(refusal: Refusal | undefined) {
  const [changes, setChanges] = useState({ since: refusal, fields: NONE });
  const changed = changes.since === refusal ? changes.fields : NONE;
  const forget = (field: string) => setChanges({ since: refusal, fields: new Set(changed).add(field) });
  return {
    errorOf: (field: string) => (changed.has(field) ? undefined : fieldError(refusal, field)),
    ofForm: changed.size === 0 ? refusal : undefined,
    changing: (field: string, set: (value: string) => void) => (value: string) => {
      set(value);
      forget(field);
    },
  };
}
