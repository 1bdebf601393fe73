import { Button, Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAction } from '../../../api/use-action';
import { useFieldRefusals } from '../../../api/use-field-refusals';
import { CreateUserDocument } from '../../../generated/graphql';
import { Dialog, DialogButtons } from '../../../ui/dialog';
import { NewSecret } from '../../../ui/new-secret';
import { RefusalNotice } from '../../../ui/notice';
import { words } from '../../../words';
import { UsernameField } from '../../../ui/username-field';

interface CreateUserProps {
  readonly onClose: () => void;
  readonly onDone: (username: string) => void;
}

/** Creates a local account. */
export function CreateUser({ onClose, onDone }: CreateUserProps) {
  const create = useAction(CreateUserDocument);
  const [username, setUsername] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isAdmin, setAdmin] = useState(false);
  const { errorOf, ofForm, changing } = useFieldRefusals(create.refusal);
  const send = async () => {
    const answer = await create.run({ input: { username, email, password, isAdmin } });
    if (answer) onDone(answer.createUser.user.username);
  };
  return (
    <Dialog title={words.users.create} onClose={onClose}>
      <form action={() => void send()}>
        <Stack gap="md">
          <Text size="sm">{words.users.createNote}</Text>
          <UsernameField value={username} onChange={changing('username', setUsername)} error={errorOf('username')} />
          <TextInput
            label={words.register.email}
            type="email"
            value={email}
            error={errorOf('email')}
            onChange={(event) => changing('email', setEmail)(event.currentTarget.value)}
            required
            withAsterisk={false}
          />
          <NewSecret
            label={words.login.password}
            value={password}
            error={errorOf('password')}
            onChange={changing('password', setPassword)}
          />
          <Checkbox
            label={words.users.isAdminField}
            checked={isAdmin}
            onChange={(event) => setAdmin(event.currentTarget.checked)}
          />
          <RefusalNotice refusal={ofForm} />
        </Stack>
        <DialogButtons>
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={create.isBusy}>
            {words.users.create}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
