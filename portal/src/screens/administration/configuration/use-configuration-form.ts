import { useState } from 'react';
import { useAction } from '../../../api/use-action';
import { type ConfigFragment, UpdateConfigurationDocument } from '../../../generated/graphql';
import { differences, type Draft, type DraftField, draftOf, patchOf, rebased } from './draft';
import { useFieldErrors } from './use-field-errors';

/** The state of the configuration form: the stored values, the user's changes, and conflicts with somebody else's. */
export function useConfigurationForm(stored: ConfigFragment) {
  const update = useAction(UpdateConfigurationDocument);
  const [base, setBase] = useState(stored);
  const [draft, setDraft] = useState(() => draftOf(stored));
  const [preset, setPreset] = useState('other');
  /** The warnings of the last save, until a field changes. */
  const [saved, setSaved] = useState<readonly string[]>();
  const errors = useFieldErrors(update.refusal);
  const before = draftOf(base);
  const changed = differences(before, draft);

  const set = <Name extends DraftField>(name: Name, value: Draft[Name]) => {
    setSaved(undefined);
    errors.forget(name);
    setDraft((now) => ({ ...now, [name]: value }));
  };
  const save = async () => {
    errors.begin();
    const answer = await update.run({ input: { revision: base.revision, patch: patchOf(before, draft) } });
    if (!answer) return false;
    const { configuration, warnings: told } = answer.updateConfiguration;
    setBase(configuration);
    setDraft(draftOf(configuration));
    setSaved(told);
    return true;
  };
  const merge = () => {
    setDraft(rebased(before, draft, draftOf(stored)));
    setBase(stored);
    update.clearRefusal();
  };
  const discard = () => {
    setDraft(before);
    update.clearRefusal();
  };
  const isConflict = update.refusal?.code === 'CONFLICT';
  const changedByBoth = isConflict ? bothIn(changed, differences(before, draftOf(stored))) : [];
  const state = { base, before, draft, changed, isConflict, changedByBoth, preset, setPreset };
  const outcome = { isSaved: saved !== undefined, warnings: saved ?? [], errorOf: errors.errorOf };
  return { ...state, ...outcome, set, save, merge, discard, ...update };
}

function bothIn(mine: readonly DraftField[], theirs: readonly DraftField[]): DraftField[] {
  return mine.filter((name) => theirs.includes(name));
}

/** The state that all parts of the form share. */
export type ConfigurationForm = ReturnType<typeof useConfigurationForm>;
