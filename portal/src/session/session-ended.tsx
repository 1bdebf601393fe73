import { Button, Divider, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { refetchAll } from '../api/client';
import { reconnect, useConnectionState } from '../api/connection-state';
import type { MyselfFragment } from '../generated/graphql';
import { withBasePath } from '../api/base-path';
import { Dialog } from '../ui/dialog';
import { words } from '../words';
import { PasswordLogin } from './password-login';
import { type Session, useSession } from './session';
import { onOtherTab } from './tabs';

/** Continues after the login. The page starts over if a different user logged in: they must not take over unsaved input. */
function resume(before: Session['me'], now: MyselfFragment): void {
  if (before && before.id !== now.id) return location.assign(withBasePath('/profile'));
  refetchAll(reconnect());
}

/** Asks for a new login in a dialog over the current screen, whose input is kept. */
export function SessionEnded() {
  const state = useConnectionState();
  const { me } = useSession();
  return state === 'SESSION_ENDED' && me ? <LoginAgain /> : null;
}

function LoginAgain() {
  const { me, options, reload, recordLogin } = useSession();
  useEffect(
    () =>
      onOtherTab((event) => {
        if (event === 'LOGGED_IN') void reload().then((now) => now && resume(me, now));
      }),
    [me, reload],
  );
  const provider = me?.kind === 'OIDC' ? options?.oidcProvider : null;
  return (
    <Dialog title={words.sessionEnded.title}>
      <Stack gap="md">
        <Text>{words.sessionEnded.text}</Text>
        {provider ? (
          <>
            <Button component="a" href={provider.loginAgainUrl} target="_blank" rel="noopener">
              {words.sessionEnded.inTab(provider.name)}
            </Button>
            <Text size="sm" c="dimmed">
              {words.sessionEnded.inTabNote}
            </Text>
          </>
        ) : (
          <PasswordLogin
            username={me?.username}
            onDone={(now) => {
              recordLogin(now);
              resume(me, now);
            }}
          />
        )}
        <Divider />
        <Button variant="subtle" onClick={() => location.assign(withBasePath('/'))}>
          {words.sessionEnded.leave}
        </Button>
      </Stack>
    </Dialog>
  );
}
