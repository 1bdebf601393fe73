import { Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ConfigFragment } from '../../../generated/graphql';
import { useSession } from '../../../session/session';
import { Notice } from '../../../ui/notice';
import { Card } from '../../../ui/page';
import { UnsavedGuard } from '../../../ui/unsaved-guard';
import { words } from '../../../words';
import { focusFirstMarked } from './focus-field';
import { ConflictNotice } from './conflict-notice';
import { Mode } from './mode';
import { SettingRows } from './setting-rows';
import { PreparedProvider } from './prepared-provider';
import { ProviderFields } from './provider-fields';
import { SaveBar } from './save-bar';
import { SwitchDialog } from './switch-dialog';
import { useConfigurationForm } from './use-configuration-form';

interface AuthenticationFormProps {
  readonly stored: ConfigFragment;
  readonly reload: () => void;
}

/** The whole configuration in one form, saved at once. */
export function AuthenticationForm({ stored, reload }: AuthenticationFormProps) {
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
  const isOidc = draft.authMode === 'OIDC';
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
      <Stack gap="md">
        <Mode form={form} />
        {isOidc ? <ProviderFields form={form} /> : <PreparedProvider form={form} />}
        <Card title={words.authentication.sessions}>
          <div className="form">
            <SettingRows form={form} part="sessions" />
          </div>
        </Card>
        <Card title={words.authentication.guessing}>
          <div className="form">
            <SettingRows form={form} part="guessing" />
          </div>
        </Card>
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
