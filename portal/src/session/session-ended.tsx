import { Button, Divider, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { askAgain } from '../api/client';
import { clearUp, useWeather } from '../api/connection-state';
import type { MyselfFragment } from '../generated/graphql';
import { Dialog } from '../ui/dialog';
import { words } from '../words';
import { PasswordLogin } from './password-login';
import { type Session, useSession } from './session';
import { onOtherTab } from './tabs';

/** Somebody else must not go on with what this person has typed: the page then begins anew. */
function goOn(before: Session['me'], now: MyselfFragment): void {
  if (before && before.id !== now.id) return location.assign('/profile');
  askAgain(clearUp());
}

/** Lets a person log in again over the screen that is open, with everything typed still in it. */
export function SessionEnded() {
  const weather = useWeather();
  const { me } = useSession();
  return weather === 'SESSION_ENDED' && me ? <LoginAgain /> : null;
}

function LoginAgain() {
  const { me, options, start, begun } = useSession();
  useEffect(
    () =>
      onOtherTab((what) => {
        if (what === 'LOGGED_IN') void start().then((now) => now && goOn(me, now));
      }),
    [me, start],
  );
  const provider = me?.kind === 'OIDC' ? options?.oidcProvider : null;
  return (
    <Dialog title={words.ended.title}>
      <Stack gap="md">
        <Text>{words.ended.text}</Text>
        {provider ? (
          <>
            <Button component="a" href={provider.loginAgainUrl} target="_blank" rel="noopener">
              {words.ended.inTab(provider.name)}
            </Button>
            <Text size="sm" c="dimmed">
              {words.ended.inTabNote}
            </Text>
          </>
        ) : (
          <PasswordLogin
            username={me?.username}
            onDone={(now) => {
              begun(now);
              goOn(me, now);
            }}
          />
        )}
        <Divider />
        <Button variant="subtle" onClick={() => location.assign('/')}>
          {words.ended.leave}
        </Button>
      </Stack>
    </Dialog>
  );
}
