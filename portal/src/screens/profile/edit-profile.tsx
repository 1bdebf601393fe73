import { Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fieldError } from '../../api/refusal';
import { useAction } from '../../api/use-action';
import { UpdateProfileDocument } from '../../generated/graphql';
import { Dialog, DialogButtons } from '../../ui/dialog';
import { RefusalNotice } from '../../ui/notice';
import { words } from '../../words';
import type { ProfileUser } from './profile-user';

/** Edits the fields of the profile that users may change themselves. */
export function EditProfile({ user, onClose }: { user: ProfileUser; onClose: () => void }) {
  const update = useAction(UpdateProfileDocument);
  const [realName, setRealName] = useState(user.realName ?? '');
  const [comment, setComment] = useState(user.comment ?? '');
  const [email, setEmail] = useState(user.email ?? '');
  const hasOwnEmail = user.kind === 'LOCAL' && !user.isBuiltIn;
  const send = async () => {
    const input = {
      realName: realName || null,
      comment: comment || null,
      ...(email !== (user.email ?? '') && { email }),
    };
    if (await update.run({ input })) onClose();
  };
  return (
    <Dialog title={words.profile.editTitle} onClose={onClose}>
      <form action={() => void send()}>
        <Stack gap="md">
          <TextInput
            label={words.profile.realName}
            value={realName}
            error={fieldError(update.refusal, 'realName')}
            onChange={(event) => setRealName(event.currentTarget.value)}
          />
          {hasOwnEmail && (
            <TextInput
              label={words.profile.email}
              type="email"
              value={email}
              error={fieldError(update.refusal, 'email')}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
          )}
          <TextInput
            label={words.profile.comment}
            value={comment}
            error={fieldError(update.refusal, 'comment')}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <RefusalNotice refusal={update.refusal} />
        </Stack>
        <DialogButtons>
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={update.isBusy}>
            {words.profile.save}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
