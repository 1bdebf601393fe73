import { Anchor, Button, Loader, Stack, Text } from '@mantine/core';
import { RefusalNotice, Notice } from '../../../ui/notice';
import { words } from '../../../words';
import { oidcPatchOf } from './draft';
import { LoginPreview } from './login-preview';
import type { ConfigurationForm } from './use-configuration-form';
import { useTestLogin } from './use-test-login';

/** "Log in as yourself now": a login with the current values of the form, and what Mooring would see. */
export function TestLogin({ form }: { form: ConfigurationForm }) {
  const { testLogin } = words.configuration;
  const { step, run, isBusy, refusal } = useTestLogin();
  return (
    <section aria-label={testLogin.title}>
      <Stack gap="md" align="stretch">
        <Text size="sm">{testLogin.about}</Text>
        <Button
          variant="default"
          w="fit-content"
          loading={isBusy}
          onClick={() => void run(oidcPatchOf(form.before, form.draft))}
        >
          {testLogin.start}
        </Button>
        <RefusalNotice refusal={refusal} />
        <div role="status">
          {step.kind === 'WAITING' && (
            <Text>
              <Loader size="xs" mr="xs" aria-hidden />
              {testLogin.waiting}{' '}
              <Anchor href={step.url} target="_blank" rel="noreferrer">
                {testLogin.openAgain}
              </Anchor>
            </Text>
          )}
          {step.kind === 'ENDED' && <Notice kind="warning">{testLogin.ended}</Notice>}
        </div>
        {step.kind === 'DONE' && <LoginPreview result={step.result} />}
      </Stack>
    </section>
  );
}
