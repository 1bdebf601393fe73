import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAction } from '../api/use-action';
import { LoginDocument, type MyselfFragment } from '../generated/graphql';
import { RefusalNotice } from '../ui/notice';
import { words } from '../words';

interface PasswordLoginProps {
  readonly onDone: (me: MyselfFragment) => void;
  readonly isSecondary?: boolean;
  readonly username?: string;
}

/** The login form for users with a local password. */
export function PasswordLogin({ onDone, isSecondary, username: initialUsername = '' }: PasswordLoginProps) {
  const login = useAction(LoginDocument);
  const [username, setUsername] = useState(initialUsername);
  const [password, setPassword] = useState('');
  const send = async () => {
    const answer = await login.run({ input: { username, password } });
    if (answer) onDone(answer.login.user);
  };
  return (
    <form action={() => void send()}>
      <Stack gap="md">
        <TextInput
          label={words.login.username}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
        />
        <PasswordInput
          label={words.login.password}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <RefusalNotice refusal={login.refusal} />
        <Button type="submit" loading={login.isBusy} variant={isSecondary ? 'default' : 'filled'} fullWidth>
          {words.login.submit}
        </Button>
      </Stack>
    </form>
  );
}
