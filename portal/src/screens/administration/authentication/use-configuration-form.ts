import { useState } from 'react';
import { useAction } from '../../../api/use-action';
import { type ConfigFragment, UpdateConfigurationDocument } from '../../../generated/graphql';
import { differences, type Draft, type DraftField, draftOf, patchOf, rebased } from './draft';

/** The form of the configuration: what is stored, what is typed, and what came in between. */
export function useConfigurationForm(stored: ConfigFragment) {
  const update = useAction(UpdateConfigurationDocument);
  const [base, setBase] = useState(stored);
  const [draft, setDraft] = useState(() => draftOf(stored));
  const [isSaved, setSaved] = useState(false);
  const before = draftOf(base);
  const changed = differences(before, draft);

  const set = <Name extends DraftField>(name: Name, value: Draft[Name]) => {
    setSaved(false);
    setDraft((now) => ({ ...now, [name]: value }));
  };
  const save = async () => {
    const answer = await update.run({ input: { revision: base.revision, patch: patchOf(before, draft) } });
    if (!answer) return false;
    const { configuration } = answer.updateConfiguration;
    setBase(configuration);
    setDraft(draftOf(configuration));
    setSaved(true);
    return true;
  };
  const takeIn = () => {
    setDraft(rebased(before, draft, draftOf(stored)));
    setBase(stored);
    update.forget();
  };
  const discard = () => {
    setDraft(before);
    update.forget();
  };
  const isConflict = update.refusal?.code === 'CONFLICT';
  const theirs = differences(before, draftOf(stored));
  const inBoth = isConflict ? changed.filter((name) => theirs.includes(name)) : [];
  return { base, before, draft, changed, set, save, takeIn, discard, isSaved, isConflict, inBoth, ...update };
}

/** What the parts of the form are given. */
export type ConfigurationForm = ReturnType<typeof useConfigurationForm>;
