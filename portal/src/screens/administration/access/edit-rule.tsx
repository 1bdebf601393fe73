import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fieldError } from '../../../api/refusal';
import type { RuleFragment } from '../../../generated/graphql';
import { Dialog, DialogButtons } from '../../../ui/dialog';
import { RefusalNotice } from '../../../ui/notice';
import { words } from '../../../words';
import { ACTIONS, isPushOnly, type RuleDraft, ruleDraftOf, SUBJECT_KINDS } from './rule-draft';
import { ServiceSelect } from './service-select';
import { useRuleSaver } from './use-rule-saver';

const { access } = words;

interface EditRuleProps {
  readonly rule?: RuleFragment;
  readonly onClose: () => void;
  readonly onDone: (text: string) => void;
}

/** Creates or edits a rule. */
export function EditRule({ rule, onClose, onDone }: EditRuleProps) {
  const saver = useRuleSaver(rule);
  const [draft, setDraft] = useState(() => ruleDraftOf(rule));
  const { refusal } = saver;
  const change = (part: Partial<RuleDraft>) => setDraft({ ...draft, ...part });
  const send = async () => {
    const names = await saver.save(draft);
    if (names) onDone(access.saved(names));
  };
  return (
    <Dialog title={rule ? access.editTitle : access.create} onClose={onClose}>
      <form action={() => void send()}>
        <Stack gap="md">
          <TextInput
            label={access.pattern}
            description={access.patternNote}
            value={draft.repositoryPattern}
            error={fieldError(refusal, 'repositoryPattern')}
            onChange={(event) => change({ repositoryPattern: event.currentTarget.value })}
            spellCheck={false}
            required
            withAsterisk={false}
          />
          <ActionChoice draft={draft} change={change} saver={saver} />
          <NativeSelect
            label={access.subject}
            value={draft.subjectKind}
            error={fieldError(refusal, 'subjectKind')}
            data={SUBJECT_KINDS.map((value) => ({ value, label: access.subjects[value] }))}
            onChange={({ currentTarget: { value } }) =>
              change({ subjectKind: SUBJECT_KINDS.find((kind) => kind === value) ?? draft.subjectKind })
            }
          />
          <SubjectName draft={draft} change={change} saver={saver} />
          <ServiceSelect
            value={draft.service}
            none={access.allServices}
            error={fieldError(refusal, 'service')}
            onChange={(service) => change({ service })}
          />
          <RefusalNotice refusal={refusal} />
        </Stack>
        <DialogButtons>
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={saver.isBusy}>
            {access.save}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

interface PartProps {
  readonly draft: RuleDraft;
  readonly change: (part: Partial<RuleDraft>) => void;
  readonly saver: ReturnType<typeof useRuleSaver>;
}

function ActionChoice({ draft, change, saver }: PartProps) {
  return (
    <Checkbox.Group
      label={access.actions}
      description={isPushOnly(draft) ? access.pushOnlyNote : undefined}
      value={[...draft.actions]}
      error={fieldError(saver.refusal, 'actions')}
      onChange={(values) => change({ actions: ACTIONS.filter((action) => values.includes(action)) })}
    >
      <Group gap="lg" mt="xs">
        {ACTIONS.map((action) => (
          <Checkbox key={action} value={action} label={access.actionNames[action]} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

function SubjectName({ draft, change, saver }: PartProps) {
  if (draft.subjectKind === 'USER') {
    return (
      <TextInput
        label={access.username}
        value={draft.username}
        error={saver.isUnknownUser ? access.noSuchUser : fieldError(saver.refusal, 'userId')}
        onChange={(event) => change({ username: event.currentTarget.value })}
        required
        withAsterisk={false}
      />
    );
  }
  if (draft.subjectKind !== 'GROUP') return null;
  return (
    <TextInput
      label={access.groupName}
      description={access.groupNote}
      value={draft.groupName}
      error={fieldError(saver.refusal, 'groupName')}
      onChange={(event) => change({ groupName: event.currentTarget.value })}
      required
      withAsterisk={false}
    />
  );
}
