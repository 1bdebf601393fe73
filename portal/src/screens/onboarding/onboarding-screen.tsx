import { Button, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useAnswer } from '../../api/use-answer';
import { useAction } from '../../api/use-action';
import { OnboardDocument, PendingOnboardingDocument, type PendingOnboardingQuery } from '../../generated/graphql';
import { withBasePath } from '../../api/base-path';
import { Link } from '../../routing/link';
import { navigate, safePath } from '../../routing/location';
import { useSession } from '../../session/session';
import { Notice, RefusalNotice } from '../../ui/notice';
import { words } from '../../words';
import { CenteredPage } from '../../ui/centered-page';
import { FormerAccount } from './former-account';
import { FormPlaceholder } from '../../ui/loading-page';
import { UsernameField } from '../../ui/username-field';

type Pending = NonNullable<PendingOnboardingQuery['pendingOnboarding']>;

/** The end of a first login through the provider: the user chooses a user name. */
export default function OnboardingScreen() {
  const { data, refusal, refetch } = useAnswer(PendingOnboardingDocument, {}, 'network-only');
  const { me } = useSession();
  const pending = data?.pendingOnboarding;
  const isOver = data !== undefined && !pending;
  useEffect(() => {
    if (isOver && me) void navigate('/profile', { replace: true });
  }, [isOver, me]);
  return (
    <CenteredPage title={words.onboarding.title}>
      {!data && !refusal && <FormPlaceholder />}
      <RefusalNotice refusal={refusal} />
      {pending && !pending.hasAccount && <ChooseName pending={pending} />}
      {pending && <FormerAccount pending={pending} onChange={refetch} />}
      {isOver && <NothingPending />}
    </CenteredPage>
  );
}

/** The server's own paths are no screens: there the provider may be asked for a refresh token before the wanted page. */
async function leaveTo(path: string): Promise<void> {
  if (path.startsWith('/c/')) location.replace(withBasePath(path));
  else await navigate(path, { replace: true });
}

function NothingPending() {
  return (
    <Stack gap="md">
      <Notice kind="warning">{words.onboarding.nothing}</Notice>
      <Link to="/">{words.onboarding.back}</Link>
    </Stack>
  );
}

function ChooseName({ pending }: { pending: Pending }) {
  const { reload } = useSession();
  const onboard = useAction(OnboardDocument);
  const [username, setUsername] = useState(pending.suggestedUsername ?? '');
  const change = (name: string) => {
    setUsername(name);
    onboard.clearRefusal();
  };
  const send = async () => {
    const answer = await onboard.run({ input: { username } });
    if (!answer) return;
    await reload();
    await leaveTo(safePath(answer.onboard.redirectUrl));
  };
  const isOver = onboard.refusal?.code === 'ONBOARDING_EXPIRED';
  return (
    <form action={() => void send()}>
      <Stack gap="md">
        <Text>{words.onboarding.about(pending.providerName, pending.email ?? null)}</Text>
        <UsernameField value={username} onChange={change} place={{ registry: pending.registryAddress }} />
        <Text size="sm" c="dimmed">
          {words.onboarding.use} <strong>{words.onboarding.stays}</strong>
        </Text>
        <RefusalNotice refusal={onboard.refusal} />
        {isOver && (
          <Button variant="default" onClick={() => void reload().then((me) => navigate(me ? '/profile' : '/'))}>
            {words.onboarding.back}
          </Button>
        )}
        <Button type="submit" loading={onboard.isBusy}>
          {words.onboarding.submit}
        </Button>
      </Stack>
    </form>
  );
}
