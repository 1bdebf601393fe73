import { Button } from '@mantine/core';
import { words } from '../../../words';
import type { TestLoginInForm } from './use-test-login';

/** Begins the test login of the form. */
export function TestLoginButton({ testLogin }: { testLogin: TestLoginInForm }) {
  return (
    <Button variant="default" w="fit-content" loading={testLogin.isBusy} onClick={() => void testLogin.run()}>
      {words.configuration.testLogin.start}
    </Button>
  );
}
