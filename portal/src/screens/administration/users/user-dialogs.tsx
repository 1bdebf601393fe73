import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { fieldError } from '../../../api/refusal';
import { useAction } from '../../../api/use-action';
import {
  DeleteUserDocument,
  ResetPasswordDocument,
  RevokeUserCliSecretDocument,
  SetUserDisabledDocument,
  type UserDetailFragment,
} from '../../../generated/graphql';
import { navigate } from '../../../routing/location';
import { Confirm } from '../../../ui/confirm';
import { Dialog, DialogButtons } from '../../../ui/dialog';
import { NewSecret } from '../../../ui/new-secret';
import { RefusalNotice } from '../../../ui/notice';
import { words } from '../../../words';

interface UserDialogProps {
  readonly user: UserDetailFragment;
  readonly onClose: () => void;
  readonly onDone: (text: string) => void;
}

/** Asks for confirmation before a user is disabled. */
export function DisableUser({ user, onClose, onDone }: UserDialogProps) {
  const disable = useAction(SetUserDisabledDocument);
  const run = async () => {
    const answer = await disable.run({ input: { userId: user.id, isDisabled: true } });
    if (!answer) return;
    const { sessions = 0, serviceTokens = [] } = answer.setUserDisabled.ended ?? {};
    const names = serviceTokens.map(({ name }) => name);
    onDone(words.users.done.disabled(user.username, sessions, names));
  };
  return (
    <Confirm
      title={words.users.disableAsk(user.username)}
      text={words.users.disableNote}
      action={words.users.disable}
      isDangerous
      {...disable}
      onConfirm={() => void run()}
      onCancel={onClose}
    />
  );
}

/** Asks for confirmation before a user's CLI secret is revoked. */
export function RevokeSecretOf({ user, onClose, onDone }: UserDialogProps) {
  const revoke = useAction(RevokeUserCliSecretDocument);
  const run = async () => {
    if (await revoke.run({ input: { userId: user.id } })) onDone(words.users.done.revoked(user.username));
  };
  return (
    <Confirm
      title={words.users.revokeAsk(user.username)}
      text={words.users.revokeNote}
      action={words.users.revoke}
      isDangerous
      {...revoke}
      onConfirm={() => void run()}
      onCancel={onClose}
    />
  );
}

/** Asks for confirmation before a user is deleted. */
export function DeleteUser({ user, onClose }: UserDialogProps) {
  const remove = useAction(DeleteUserDocument);
  const run = async () => {
    if (!(await remove.run({ input: { userId: user.id } }))) return;
    await navigate(`/administration/users?deleted=${encodeURIComponent(user.username)}`);
  };
  return (
    <Confirm
      title={words.users.removeAsk(user.username)}
      text={words.users.removeNote}
      action={words.users.remove}
      isDangerous
      {...remove}
      onConfirm={() => void run()}
      onCancel={onClose}
    />
  );
}

/** Sets a new password for a local account. */
export function ResetPassword({ user, onClose, onDone }: UserDialogProps) {
  const reset = useAction(ResetPasswordDocument);
  const [newPassword, setNew] = useState('');
  const send = async () => {
    if (await reset.run({ input: { userId: user.id, newPassword } })) onDone(words.users.done.reset(user.username));
  };
  return (
    <Dialog title={words.users.resetTitle(user.username)} onClose={onClose}>
      <form action={() => void send()}>
        <Stack gap="md">
          <NewSecret
            label={words.profile.next}
            value={newPassword}
            error={fieldError(reset.refusal, 'newPassword')}
            onChange={setNew}
          />
          <RefusalNotice refusal={reset.refusal} />
        </Stack>
        <DialogButtons>
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={reset.isBusy}>
            {words.users.reset}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
