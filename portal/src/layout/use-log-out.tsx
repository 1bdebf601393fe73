import { Button, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useClient } from 'urql';
import { withBasePath } from '../api/base-path';
import { useAction } from '../api/use-action';
import { LogoutDocument, LogoutQuestionDocument } from '../generated/graphql';
import { useSession } from '../session/session';
import { tellOtherTabs } from '../session/tabs';
import { Dialog, DialogButtons } from '../ui/dialog';
import { RefusalNotice } from '../ui/notice';
import { words } from '../words';

/** The logout of this browser: how it begins, and the question that comes before it, where there is one. */
interface LogOut {
  readonly begin: () => void;
  readonly question: ReactNode;
}

/** Logs out, and asks first whether also at the provider, where that was seen to end CLI secrets. */
export function useLogOut(): LogOut {
  const client = useClient();
  const { options } = useSession();
  const logout = useAction(LogoutDocument);
  const [isAsking, setAsking] = useState(false);
  const run = async (hereOnly: boolean) => {
    const answer = await logout.run({ input: { hereOnly } });
    if (!answer) return;
    tellOtherTabs('LOGGED_OUT');
    location.assign(answer.logout.redirectUrl ?? withBasePath('/'));
  };
  const begin = async () => {
    const { data } = await client.query(LogoutQuestionDocument, {}, { requestPolicy: 'network-only' }).toPromise();
    if (data?.loginOptions.logoutEndsCliSecret) setAsking(true);
    else await run(false);
  };
  const cancel = () => {
    logout.clearRefusal();
    setAsking(false);
  };
  const { title, text, here, there } = words.logout;
  const provider = options?.oidcProvider?.name ?? '';
  const question = isAsking && (
    <Dialog title={title} onClose={cancel}>
      <Text>{text(provider)}</Text>
      <RefusalNotice refusal={logout.refusal} />
      <DialogButtons>
        <Button variant="default" onClick={cancel}>
          {words.cancel}
        </Button>
        <Button variant="default" loading={logout.isBusy} onClick={() => void run(false)}>
          {there(provider)}
        </Button>
        <Button loading={logout.isBusy} onClick={() => void run(true)}>
          {here}
        </Button>
      </DialogButtons>
    </Dialog>
  );
  return { begin: () => void begin(), question };
}
