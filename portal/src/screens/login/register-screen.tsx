import { Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAction } from '../../api/use-action';
import { useFieldRefusals } from '../../api/use-field-refusals';
import { RegisterDocument } from '../../generated/graphql';
import { Link } from '../../routing/link';
import { navigate } from '../../routing/location';
import { useSession } from '../../session/session';
import { NewSecret } from '../../ui/new-secret';
import { Notice, RefusalNotice } from '../../ui/notice';
import { words } from '../../words';
import { UsernameField } from '../../ui/username-field';
import { CenteredPage } from '../../ui/centered-page';
import { FormPlaceholder } from '../../ui/loading-page';

/** Self-registration of a local account, if it is enabled. */
export default function RegisterScreen() {
  const { options } = useSession();
  return (
    <CenteredPage title={words.register.title}>
      <Stack gap="md">
        {!options && <FormPlaceholder />}
        {options?.selfRegistration === false && <Notice kind="warning">{words.register.off}</Notice>}
        {options?.selfRegistration && <RegisterForm />}
        <Link to="/">{words.register.back}</Link>
      </Stack>
    </CenteredPage>
  );
}

function RegisterForm() {
  const register = useAction(RegisterDocument);
  const [username, setUsername] = useState('');
  const [email, setEmail] = useState('');
  const [realName, setRealName] = useState('');
  const [password, setPassword] = useState('');
  const { errorOf, ofForm, changing } = useFieldRefusals(register.refusal);
  const send = async () => {
    const answer = await register.run({ input: { username, email, password, realName: realName || null } });
    if (answer) await navigate(`/?made=${encodeURIComponent(answer.register.user.username)}`);
  };
  return (
    <form action={() => void send()}>
      <Stack gap="md">
        <UsernameField value={username} onChange={changing('username', setUsername)} error={errorOf('username')} />
        <TextInput
          label={words.register.email}
          type="email"
          autoComplete="email"
          value={email}
          error={errorOf('email')}
          onChange={(event) => changing('email', setEmail)(event.currentTarget.value)}
          required
          withAsterisk={false}
        />
        <TextInput
          label={words.register.realName}
          autoComplete="name"
          value={realName}
          error={errorOf('realName')}
          onChange={(event) => changing('realName', setRealName)(event.currentTarget.value)}
        />
        <NewSecret
          label={words.login.password}
          value={password}
          error={errorOf('password')}
          onChange={changing('password', setPassword)}
        />
        <RefusalNotice refusal={ofForm} />
        <Button type="submit" loading={register.isBusy}>
          {words.register.submit}
        </Button>
      </Stack>
    </form>
  );
}
