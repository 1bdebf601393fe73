import { Stack } from '@mantine/core';
import { useState } from 'react';
import type { ConfigFragment } from '../../../generated/graphql';
import { useSession } from '../../../session/session';
import { Notice, RefusalNotice } from '../../../ui/notice';
import { Card } from '../../../ui/page';
import { UnsavedGuard } from '../../../ui/unsaved-guard';
import { words } from '../../../words';
import { ConflictNotice } from './conflict-notice';
import { Mode } from './mode';
import { NumberRow, SwitchRow } from './rows';
import { ProviderFields } from './provider-fields';
import { SaveBar } from './save-bar';
import { SwitchDialog } from './switch-dialog';
import { useConfigurationForm } from './use-configuration-form';

interface AuthenticationFormProps {
  readonly stored: ConfigFragment;
  readonly reload: () => void;
}

/** All of the configuration in one form, saved as one. */
export function AuthenticationForm({ stored, reload }: AuthenticationFormProps) {
  const form = useConfigurationForm(stored);
  const [isAsking, setAsking] = useState(false);
  const { start } = useSession();
  const { draft, base } = form;
  const save = async () => {
    setAsking(false);
    if (await form.save()) await start();
    // After a conflict, what both have changed is told from what is stored now.
    else reload();
  };
  const isOidc = draft.authMode === 'OIDC';
  const isSwitch = draft.authMode !== base.authMode;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isSwitch) setAsking(true);
        else void save();
      }}
    >
      <Stack gap="md">
        <Mode form={form} />
        {isOidc && <ProviderFields form={form} />}
        <Card title={words.authentication.sessions}>
          <div className="form">
            {!isOidc && <SwitchRow form={form} name="selfRegistration" />}
            {!isOidc && <NumberRow form={form} name="registrationsPerHour" />}
            <NumberRow form={form} name="sessionIdleMinutes" />
            <NumberRow form={form} name="sessionMaximumMinutes" />
            <NumberRow form={form} name="registryTokenMinutes" />
            <NumberRow form={form} name="auditRetentionDays" />
          </div>
        </Card>
        <Card title={words.authentication.guessing}>
          <div className="form">
            <NumberRow form={form} name="wrongSecretsPerAddress" />
            <NumberRow form={form} name="wrongSecretsPerUser" />
            <NumberRow form={form} name="wrongSecretMinutes" />
          </div>
        </Card>
        {form.isConflict ? <ConflictNotice form={form} /> : <RefusalNotice refusal={form.refusal} />}
        {form.isSaved && <Notice kind="good">{words.authentication.saved}</Notice>}
      </Stack>
      <SaveBar form={form} />
      <UnsavedGuard isOn={form.changed.length > 0} />
      {isAsking && (
        <SwitchDialog mode={draft.authMode} onCancel={() => setAsking(false)} onConfirm={() => void save()} />
      )}
    </form>
  );
}
