import { Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { CenteredPage } from '../../ui/centered-page';
import { words } from '../../words';

/** The end of a test login, in its own window: the result is shown where it was started. */
export default function TestLoginScreen() {
  // A window that was opened by the form closes itself; any other stays open with the text.
  useEffect(() => window.close(), []);
  return (
    <CenteredPage title={words.testLoginDone.title}>
      <Stack gap="md">
        <Text>{words.testLoginDone.text}</Text>
      </Stack>
    </CenteredPage>
  );
}
