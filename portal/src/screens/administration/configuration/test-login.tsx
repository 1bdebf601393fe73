import { Anchor, Loader, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Notice } from '../../../ui/notice';
import { words } from '../../../words';
import { FieldProblems } from './field-problems';
import { LoginPreview } from './login-preview';
import type { ConfigurationForm } from './use-configuration-form';
import { TestLoginButton } from './test-login-button';
import type { TestLoginInForm } from './use-test-login';

/** "Log in as yourself now": a login with the current values of the form, and what Mooring would see. */
export function TestLogin({ form, testLogin }: { form: ConfigurationForm; testLogin: TestLoginInForm }) {
  const { title, about, waiting, openAgain, ended } = words.configuration.testLogin;
  const { step, isStale, refusal } = testLogin;
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // It may have been begun at the report above, and what comes of it appears here.
    if (step.kind === 'WAITING') section.current?.scrollIntoView({ block: 'nearest' });
  }, [step.kind]);
  return (
    <section aria-label={title} ref={section}>
      <Stack gap="md" align="stretch">
        <Text size="sm">{about}</Text>
        <TestLoginButton testLogin={testLogin} />
        <FieldProblems refusal={refusal} form={form} />
        <div role="status">
          {step.kind === 'WAITING' && (
            <Text>
              <Loader size="xs" mr="xs" aria-hidden />
              {waiting}{' '}
              <Anchor href={step.url} target="_blank" rel="noreferrer" underline="always">
                {openAgain}
              </Anchor>
            </Text>
          )}
          {step.kind === 'ENDED' && <Notice kind="warning">{ended}</Notice>}
          {step.kind === 'DONE' && step.result.preview && !step.result.preview.refusal && (
            <VisuallyHidden>{words.configuration.testDone}</VisuallyHidden>
          )}
          {isStale && <Text fw={600}>{words.configuration.testStale}</Text>}
        </div>
        {step.kind === 'DONE' && (
          <div className={isStale ? 'stale' : undefined}>
            <LoginPreview result={step.result} hasGroupsClaim={step.hasGroupsClaim} />
          </div>
        )}
      </Stack>
    </section>
  );
}
