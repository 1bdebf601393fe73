import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { fieldError } from '../../api/refusal';
import { useAction } from '../../api/use-action';
import { GenerateCliSecretDocument, RevokeCliSecretDocument, SetCliSecretDocument } from '../../generated/graphql';
import { Confirm } from '../../ui/confirm';
import { Dialog, DialogButtons } from '../../ui/dialog';
import { NewSecret } from '../../ui/new-secret';
import { RefusalNotice } from '../../ui/notice';
import { words } from '../../words';

interface SecretDialogProps {
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks for confirmation before a new secret replaces the old one. */
export function GenerateSecret({ onClose, onDone }: SecretDialogProps) {
  const generate = useAction(GenerateCliSecretDocument);
  return (
    <Confirm
      title={words.profile.generateAsk}
      text={words.profile.generateNote}
      action={words.profile.generate}
      isBusy={generate.isBusy}
      refusal={generate.refusal}
      onConfirm={() => void generate.run({}).then((answer) => answer && onDone())}
      onCancel={onClose}
    />
  );
}

/** Asks for confirmation before the secret is revoked. */
export function RevokeSecret({ onClose, onDone }: SecretDialogProps) {
  const revoke = useAction(RevokeCliSecretDocument);
  return (
    <Confirm
      title={words.profile.revokeAsk}
      text={words.profile.revokeNote}
      action={words.profile.revoke}
      isDangerous
      isBusy={revoke.isBusy}
      refusal={revoke.refusal}
      onConfirm={() => void revoke.run({}).then((answer) => answer && onDone())}
      onCancel={onClose}
    />
  );
}

/** Sets a secret chosen by the user, and shows its rules. */
export function OwnSecret({ onClose, onDone }: SecretDialogProps) {
  const choose = useAction(SetCliSecretDocument);
  const [secret, setSecret] = useState('');
  const send = async () => {
    if (await choose.run({ input: { secret } })) onDone();
  };
  return (
    <Dialog title={words.profile.ownTitle} onClose={onClose}>
      <form action={() => void send()}>
        <Stack gap="md">
          <NewSecret
            label={words.profile.ownField}
            value={secret}
            error={fieldError(choose.refusal, 'secret')}
            onChange={setSecret}
          />
          <Text size="sm" c="dimmed">
            {words.profile.ownNote}
          </Text>
          <RefusalNotice refusal={choose.refusal} />
        </Stack>
        <DialogButtons>
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={choose.isBusy}>
            {words.profile.ownSave}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
