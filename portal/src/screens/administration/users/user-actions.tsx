import { Button, Stack, Text } from '@mantine/core';
import { useId, useState } from 'react';
import { useAction } from '../../../api/use-action';
import { SetUserAdminDocument, SetUserDisabledDocument, type UserDetailFragment } from '../../../generated/graphql';
import { useMe, useSession } from '../../../session/session';
import { RefusalNotice } from '../../../ui/notice';
import { Card } from '../../../ui/page';
import { words } from '../../../words';
import { DeleteUser, DisableUser, ResetPassword, RevokeSecretOf } from './user-dialogs';

type Doing = 'DISABLE' | 'REVOKE' | 'DELETE' | 'RESET';

interface UserActionsProps {
  readonly user: UserDetailFragment;
  readonly onDone: (what: string) => void;
}

/** What can be done with a person; what the mode or the account does not allow is not there. */
export function UserActions({ user, onDone }: UserActionsProps) {
  const { users } = words;
  const me = useMe();
  if (user.isBuiltIn) return <Explained text={users.protectedNote} />;
  if (user.id === me.id) return <Explained text={users.isYou} />;
  return <Actions user={user} onDone={onDone} />;
}

function Explained({ text }: { text: string }) {
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
  const [doing, setDoing] = useState<Doing>();
  const isGranted = user.adminSources.includes('GRANT');
  const close = () => setDoing(undefined);
  const done = (what: string) => {
    close();
    onDone(what);
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
        <Act
          what={isGranted ? 'ungrant' : 'grant'}
          more={user.adminSources.includes('OIDC_GROUP') ? users.groupStays : undefined}
          isBusy={grant.isBusy}
          onClick={() => void setAdmin()}
        />
        {user.cliSecret && <Act what="revoke" onClick={() => setDoing('REVOKE')} />}
        {user.isDisabled && <Act what="enable" isBusy={enable.isBusy} onClick={() => void setEnabled()} />}
        {isLocalMode && <Act what="reset" onClick={() => setDoing('RESET')} />}
        {!user.isDisabled && <Act what="disable" isDangerous onClick={() => setDoing('DISABLE')} />}
        {isLocalMode && <Act what="remove" isDangerous onClick={() => setDoing('DELETE')} />}
        <RefusalNotice refusal={grant.refusal ?? enable.refusal} />
      </Stack>
      {doing === 'DISABLE' && <DisableUser {...dialog} />}
      {doing === 'REVOKE' && <RevokeSecretOf {...dialog} />}
      {doing === 'RESET' && <ResetPassword {...dialog} />}
      {doing === 'DELETE' && <DeleteUser {...dialog} />}
    </Card>
  );
}

interface ActProps {
  readonly what: keyof typeof words.users.notes;
  readonly more?: string;
  readonly isBusy?: boolean;
  readonly isDangerous?: boolean;
  readonly onClick: () => void;
}

/** A button, and beside it what it does. */
function Act({ what, more, isBusy, isDangerous, onClick }: ActProps) {
  const noteId = useId();
  const { users } = words;
  return (
    <div className="act">
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
