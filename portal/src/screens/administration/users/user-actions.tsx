import { Button, Stack, Text } from '@mantine/core';
import { useId, useState } from 'react';
import { useAction } from '../../../api/use-action';
import { SetUserAdminDocument, SetUserDisabledDocument, type UserDetailFragment } from '../../../generated/graphql';
import { useMe, useSession } from '../../../session/session';
import { RefusalNotice } from '../../../ui/notice';
import { Card } from '../../../ui/page';
import { words } from '../../../words';
import { DeleteUser, DisableUser, ResetPassword, RevokeSecretOf } from './user-dialogs';

type OpenDialog = 'DISABLE' | 'REVOKE' | 'DELETE' | 'RESET';

interface UserActionsProps {
  readonly user: UserDetailFragment;
  readonly onDone: (text: string) => void;
}

/** The actions on a user. Those that the auth mode or the account does not allow are not shown. */
export function UserActions({ user, onDone }: UserActionsProps) {
  const { users } = words;
  const me = useMe();
  if (user.isBuiltIn) return <NoActions text={users.protectedNote} />;
  if (user.id === me.id) return <NoActions text={users.isYou} />;
  return <Actions user={user} onDone={onDone} />;
}

function NoActions({ text }: { text: string }) {
  return (
    <Card title={words.users.actions}>
      <Text c="dimmed">{text}</Text>
    </Card>
  );
}

function Actions({ user, onDone }: UserActionsProps) {
  const { users } = words;
  const isLocalMode = useSession().options?.authMode === 'DATABASE';
  const grant = useAction(SetUserAdminDocument);
  const enable = useAction(SetUserDisabledDocument);
  const [openDialog, setOpenDialog] = useState<OpenDialog>();
  const isGranted = user.adminSources.includes('GRANT');
  const close = () => setOpenDialog(undefined);
  const done = (text: string) => {
    close();
    onDone(text);
  };
  const setAdmin = async () => {
    const answer = await grant.run({ input: { userId: user.id, isAdmin: !isGranted } });
    if (answer) onDone(isGranted ? users.done.ungranted(user.username) : users.done.granted(user.username));
  };
  const setEnabled = async () => {
    const answer = await enable.run({ input: { userId: user.id, isDisabled: false } });
    if (answer) onDone(users.done.enabled(user.username));
  };
  const dialog = { user, onClose: close, onDone: done };
  return (
    <Card title={users.actions}>
      <Stack gap={0} align="stretch">
        <ActionRow
          what={isGranted ? 'ungrant' : 'grant'}
          more={user.adminSources.includes('OIDC_GROUP') ? users.groupStays : undefined}
          isBusy={grant.isBusy}
          onClick={() => void setAdmin()}
        />
        {user.cliSecret && <ActionRow what="revoke" onClick={() => setOpenDialog('REVOKE')} />}
        {user.isDisabled && <ActionRow what="enable" isBusy={enable.isBusy} onClick={() => void setEnabled()} />}
        {isLocalMode && <ActionRow what="reset" onClick={() => setOpenDialog('RESET')} />}
        {!user.isDisabled && <ActionRow what="disable" isDangerous onClick={() => setOpenDialog('DISABLE')} />}
        {isLocalMode && <ActionRow what="remove" isDangerous onClick={() => setOpenDialog('DELETE')} />}
        <RefusalNotice refusal={grant.refusal ?? enable.refusal} />
      </Stack>
      {openDialog === 'DISABLE' && <DisableUser {...dialog} />}
      {openDialog === 'REVOKE' && <RevokeSecretOf {...dialog} />}
      {openDialog === 'RESET' && <ResetPassword {...dialog} />}
      {openDialog === 'DELETE' && <DeleteUser {...dialog} />}
    </Card>
  );
}

interface ActionRowProps {
  readonly what: keyof typeof words.users.notes;
  readonly more?: string;
  readonly isBusy?: boolean;
  readonly isDangerous?: boolean;
  readonly onClick: () => void;
}

/** A button with an explanation next to it. */
function ActionRow({ what, more, isBusy, isDangerous, onClick }: ActionRowProps) {
  const noteId = useId();
  const { users } = words;
  return (
    <div className="action-row">
      <Button
        variant={isDangerous ? 'light' : 'default'}
        color={isDangerous ? 'red' : undefined}
        loading={isBusy}
        aria-describedby={noteId}
        onClick={onClick}
      >
        {users[what]}
      </Button>
      <Text id={noteId} size="sm" c="dimmed">
        {users.notes[what]} {more}
      </Text>
    </div>
  );
}
