import { useState } from 'react';
import { useAction } from '../../../api/use-action';
import { type ConfigFragment, UpdateConfigurationDocument } from '../../../generated/graphql';
import { differences, type Draft, type DraftField, draftOf, patchOf, rebased } from './draft';

/** The state of the configuration form: the stored values, the user's changes, and conflicts with somebody else's. */
export function useConfigurationForm(stored: ConfigFragment) {
  const update = useAction(UpdateConfigurationDocument);
  const [base, setBase] = useState(stored);
  const [draft, setDraft] = useState(() => draftOf(stored));
  const [isSaved, setSaved] = useState(false);
  const [warnings, setWarnings] = useState<readonly string[]>([]);
  const before = draftOf(base);
  const changed = differences(before, draft);

  const set = <Name extends DraftField>(name: Name, value: Draft[Name]) => {
    setSaved(false);
    setWarnings([]);
    setDraft((now) => ({ ...now, [name]: value }));
  };
  const save = async () => {
    const answer = await update.run({ input: { revision: base.revision, patch: patchOf(before, draft) } });
    if (!answer) return false;
    const { configuration, warnings: told } = answer.updateConfiguration;
    setBase(configuration);
    setDraft(draftOf(configuration));
    setSaved(true);
    setWarnings(told);
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
  const theirs = differences(before, draftOf(stored));
  const changedByBoth = isConflict ? changed.filter((name) => theirs.includes(name)) : [];
  const state = { base, before, draft, changed, isSaved, warnings, isConflict, changedByBoth };
  return { ...state, set, save, merge, discard, ...update };
}

/** The state that all parts of the form share. */
export type ConfigurationForm = ReturnType<typeof useConfigurationForm>;
