import { useReducer, useState } from 'react';
import { useAction } from '../../../api/use-action';
import { type ConfigFragment, UpdateConfigurationDocument } from '../../../generated/graphql';
import { differences, type Draft, type DraftField, draftOf, patchOf, providerTextOf, rebased } from './draft';
import { useFieldErrors } from './use-field-errors';

/** The state of the configuration form: the stored values, the user's changes, and conflicts with somebody else's. */
export function useConfigurationForm(stored: ConfigFragment) {
  const update = useAction(UpdateConfigurationDocument);
  const [base, setBase] = useState(stored);
  const [draft, setDraft] = useState(() => draftOf(stored));
  const [preset, setPreset] = useState('other');
  const [typedSecrets, countSecret] = useReducer((count: number) => count + 1, 0);
  /** The warnings of the last save, until a field changes. */
  const [saved, setSaved] = useState<readonly string[]>();
  const { errorOf, forget, begin } = useFieldErrors(update.refusal);
  const before = draftOf(base);
  const changed = differences(before, draft);

  const set = <Name extends DraftField>(name: Name, value: Draft[Name]) => {
    setSaved(undefined);
    forget(name);
    if (name === 'clientSecret') countSecret();
    setDraft((now) => ({ ...now, [name]: value }));
  };
  const save = async () => {
    begin();
    const answer = await update.run({ input: { revision: base.revision, patch: patchOf(before, draft) } });
    if (!answer) return false;
    const { configuration, warnings: told } = answer.updateConfiguration;
    setBase(configuration);
    // What was typed while the answer was on its way stays.
    setDraft((now) => rebased(draft, now, draftOf(configuration)));
    setSaved(told);
    return true;
  };
  const isConflict = update.refusal?.code === 'CONFLICT';
  const newest = isConflict ? stored : base;
  const goOnWith = (next: Draft) => {
    setBase(newest);
    setDraft(next);
    update.clearRefusal();
  };
  const merge = () => goOnWith(rebased(before, draft, draftOf(newest)));
  const discard = () => (countSecret(), goOnWith(draftOf(newest)));
  const changedByBoth = bothIn(changed, differences(before, draftOf(newest)));
  const state = { base, before, draft, changed, isConflict, changedByBoth, providerText: textOf(typedSecrets, draft) };
  return { ...state, ...outcomeOf(saved), errorOf, preset, setPreset, set, save, merge, discard, ...update };
}

/** What came of the last save: its warnings; undefined if nothing was saved since the last change. */
function outcomeOf(saved: readonly string[] | undefined) {
  return { isSaved: saved !== undefined, warnings: saved ?? [] };
}

/** Saving empties the field of the secret, which changes nothing for a test: so each typing counts, and not what was typed. */
function textOf(typedSecrets: number, draft: Draft): string {
  return `${typedSecrets} ${providerTextOf(draft)}`;
}

function bothIn(mine: readonly DraftField[], theirs: readonly DraftField[]): DraftField[] {
  return mine.filter((name) => theirs.includes(name));
}

/** The state that all parts of the form share. */
export type ConfigurationForm = ReturnType<typeof useConfigurationForm>;
