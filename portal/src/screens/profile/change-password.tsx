import { Button, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { fieldError } from '../../api/refusal';
import { useAction } from '../../api/use-action';
import { ChangePasswordDocument } from '../../generated/graphql';
import { NewSecret } from '../../ui/new-secret';
import { LateNotice, Notice, RefusalNotice } from '../../ui/notice';
import { Card } from '../../ui/page';
import { words } from '../../words';

/** Changes the user's own password. */
export function ChangePassword() {
  const change = useAction(ChangePasswordDocument);
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [isDone, setDone] = useState(false);
  const send = async () => {
    setDone(false);
    if (!(await change.run({ input: { currentPassword, newPassword } }))) return;
    setCurrent('');
    setNew('');
    setDone(true);
  };
  return (
    <Card title={words.profile.password}>
      <form action={() => void send()}>
        <Stack gap="md">
          <LateNotice>{isDone && <Notice kind="success">{words.profile.passwordChanged}</Notice>}</LateNotice>
          <PasswordInput
            label={words.profile.current}
            autoComplete="current-password"
            value={currentPassword}
            error={fieldError(change.refusal, 'currentPassword')}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            required
            withAsterisk={false}
          />
          <NewSecret
            label={words.profile.next}
            value={newPassword}
            error={fieldError(change.refusal, 'newPassword')}
            onChange={setNew}
          />
          <RefusalNotice refusal={change.refusal} />
          <Button type="submit" variant="default" loading={change.isBusy}>
            {words.profile.changePassword}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
