import { NativeSelect, Stack } from '@mantine/core';
import type { AuthMode } from '../../../generated/graphql';
import { Notice } from '../../../ui/notice';
import { Card } from '../../../ui/page';
import { words } from '../../../words';
import type { ConfigurationForm } from './use-configuration-form';

const MODES = ['DATABASE', 'OIDC'] as const;

/** The auth mode, and the reason if it is locked. */
export function Mode({ form }: { form: ConfigurationForm }) {
  const { configuration } = words;
  const lock = form.base.authModeLock;
  const { reason = '' } = form.base.readOnlySettings.find(({ name }) => name === 'authMode') ?? {};
  const isMode = (value: string): value is AuthMode => MODES.some((mode) => mode === value);
  return (
    <Card title={configuration.about}>
      <Stack gap="md" className="form">
        <NativeSelect
          label={configuration.mode}
          description={configuration.modeNote}
          value={form.draft.authMode}
          disabled={Boolean(lock)}
          onChange={({ currentTarget: { value } }) => isMode(value) && form.set('authMode', value)}
          data={MODES.map((value) => ({ value, label: configuration.modes[value] }))}
        />
        {lock && (
          <Notice kind="info">
            {lock.reason === 'READ_ONLY' ? configuration.lockedReadOnly(reason) : configuration.locked(lock.userCount)}
          </Notice>
        )}
      </Stack>
    </Card>
  );
}
