import { Text } from '@mantine/core';
import { useEffect, useEffectEvent } from 'react';
import type { Refusal } from '../../../api/refusal';
import { Confirm } from '../../../ui/confirm';
import { Notice } from '../../../ui/notice';
import { words } from '../../../words';
import { FieldProblems } from './field-problems';
import type { ConfigurationForm } from './use-configuration-form';
import { type Report, useProviderTest } from './use-provider-test';

interface SwitchDialogProps {
  readonly form: ConfigurationForm;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Explains the effects before the auth mode is switched. To OIDC, the provider is tested first. */
export function SwitchDialog(props: SwitchDialogProps) {
  return props.form.draft.authMode === 'OIDC' ? <SwitchToOidc {...props} /> : <SwitchToDatabase {...props} />;
}

function SwitchToDatabase({ onConfirm, onCancel }: SwitchDialogProps) {
  const { switchTitle, modes, switchToDatabase, switchDo } = words.configuration;
  return (
    <Confirm
      title={switchTitle(modes.DATABASE)}
      text={<Effects of={switchToDatabase} />}
      action={switchDo}
      onConfirm={onConfirm}
      onCancel={onCancel}
    />
  );
}

function SwitchToOidc({ form, onConfirm, onCancel }: SwitchDialogProps) {
  const { switchTitle, modes, switchToOidc, switchDo, switchAnyway } = words.configuration;
  const { run, isBusy, refusal, report } = useProviderTest(form);
  const begin = useEffectEvent(() => void run());
  useEffect(() => begin(), []);
  const hasFailed = refusal !== undefined || report?.ok === false;
  return (
    <Confirm
      title={switchTitle(modes.OIDC)}
      text={
        <>
          <Effects of={switchToOidc} />
          <Outcome isBusy={isBusy} report={report} refusal={refusal} form={form} onLeave={onCancel} />
        </>
      }
      action={hasFailed ? switchAnyway : switchDo}
      isDangerous={hasFailed}
      isBusy={isBusy || !(report || refusal)}
      onConfirm={onConfirm}
      onCancel={onCancel}
    />
  );
}

interface OutcomeProps {
  readonly isBusy: boolean;
  readonly report: Report | undefined;
  readonly refusal: Refusal | undefined;
  readonly form: ConfigurationForm;
  readonly onLeave: () => void;
}

function Outcome({ isBusy, report, refusal, form, onLeave }: OutcomeProps) {
  const { testing, testOk, testFailed, switchDoubt } = words.configuration;
  const cause = report?.checks.find(({ status }) => status === 'FAILED');
  return (
    <>
      <div role="status">
        {isBusy && <Text c="dimmed">{testing}</Text>}
        {report?.ok && <Text>{testOk}</Text>}
      </div>
      {report && !report.ok && (
        <Notice kind="error" title={testFailed}>
          {cause?.detail} {cause?.remedy}
        </Notice>
      )}
      <FieldProblems refusal={refusal} form={form} onLeave={onLeave} />
      {(refusal ?? report?.ok === false) && <Text fw={600}>{switchDoubt}</Text>}
    </>
  );
}

function Effects({ of }: { of: readonly string[] }) {
  return (
    <ul>
      {of.map((effect) => (
        <li key={effect}>{effect}</li>
      ))}
    </ul>
  );
}
