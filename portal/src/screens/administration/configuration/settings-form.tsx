import { Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ConfigFragment } from '../../../generated/graphql';
import { useSession } from '../../../session/session';
import { Notice } from '../../../ui/notice';
import { UnsavedGuard } from '../../../ui/unsaved-guard';
import { focusFirstMarked } from './focus-field';
import { ConflictNotice } from './conflict-notice';
import { FormTabs } from './form-tabs';
import { SaveBar } from './save-bar';
import { SwitchDialog } from './switch-dialog';
import { useConfigurationForm } from './use-configuration-form';

interface SettingsFormProps {
  readonly stored: ConfigFragment;
  readonly reload: () => void;
}

/** The whole configuration in one form, saved at once. */
export function SettingsForm({ stored, reload }: SettingsFormProps) {
  const form = useConfigurationForm(stored);
  const formElement = useRef<HTMLFormElement>(null);
  const [isConfirming, setConfirming] = useState(false);
  const { reload: reloadSession } = useSession();
  const { draft, base } = form;
  const save = async () => {
    setConfirming(false);
    if (await form.save()) await reloadSession();
    // After a conflict, the stored configuration is needed to tell which fields both users changed.
    else reload();
  };
  useEffect(() => {
    if (form.refusal?.fields.length) focusFirstMarked(formElement.current);
  }, [form.refusal]);
  const isSwitch = draft.authMode !== base.authMode;
  return (
    <form
      ref={formElement}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isSwitch) setConfirming(true);
        else void save();
      }}
    >
      <FormTabs form={form} />
      <Stack gap="md" mt="md">
        {form.isConflict && <ConflictNotice form={form} />}
        {form.warnings.map((warning) => (
          <Notice key={warning} kind="warning">
            {warning}
          </Notice>
        ))}
      </Stack>
      <SaveBar form={form} />
      <UnsavedGuard isOn={form.changed.length > 0} />
      {isConfirming && <SwitchDialog form={form} onCancel={() => setConfirming(false)} onConfirm={() => void save()} />}
    </form>
  );
}
