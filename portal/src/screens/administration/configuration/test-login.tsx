import { Anchor, Button, Loader, Stack, Text } from '@mantine/core';
import { Notice } from '../../../ui/notice';
import { words } from '../../../words';
import { FieldProblems } from './field-problems';
import { LoginPreview } from './login-preview';
import type { ConfigurationForm } from './use-configuration-form';
import { useTestLogin } from './use-test-login';

/** "Log in as yourself now": a login with the current values of the form, and what Mooring would see. */
export function TestLogin({ form }: { form: ConfigurationForm }) {
  const { testLogin } = words.configuration;
  const { step, run, isStale, isBusy, refusal } = useTestLogin(form);
  return (
    <section aria-label={testLogin.title}>
      <Stack gap="md" align="stretch">
        <Text size="sm">{testLogin.about}</Text>
        <Button variant="default" w="fit-content" loading={isBusy} onClick={() => void run()}>
          {testLogin.start}
        </Button>
        <FieldProblems refusal={refusal} form={form} />
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
          {isStale && <Text fw={600}>{words.configuration.testStale}</Text>}
        </div>
        {step.kind === 'DONE' && (
          <div className={isStale ? 'stale' : undefined}>
            <LoginPreview result={step.result} />
          </div>
        )}
      </Stack>
    </section>
  );
}
