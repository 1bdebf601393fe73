import { Button, Stack, Text } from '@mantine/core';
import { useSession } from '../../session/session';
import { dateAndTime, relativeTime } from '../../ui/moment';
import { Notice } from '../../ui/notice';
import { Card } from '../../ui/page';
import { words, wordFor } from '../../words';
import type { ProfileUser } from './profile-user';

type Identity = NonNullable<ProfileUser['oidcIdentity']>;

/** Until when the login at the provider is valid, and what to do when it has ended. */
export function ProviderLogin({ user }: { user: ProfileUser }) {
  const identity = user.oidcIdentity;
  if (!identity) return null;
  return (
    <Card title={words.profile.providerLogin}>
      <Stack gap="md">
        <State identity={identity} />
        <dl className="facts">
          <dt>{words.profile.issuer}</dt>
          <dd>{identity.issuer}</dd>
          <dt>{words.profile.subject}</dt>
          <dd>{identity.subject}</dd>
        </dl>
      </Stack>
    </Card>
  );
}

function State({ identity }: { identity: Identity }) {
  const { tokenState, tokenExpiresAt, reauthenticationReason, hasRefreshToken } = identity;
  const { profile } = words;
  const state = wordFor(profile.states, tokenState);
  if (tokenState === 'REAUTHENTICATION_REQUIRED') {
    return (
      <Notice kind="error" title={state}>
        <Stack gap="sm" align="start">
          {reauthenticationReason && wordFor(profile.reasons, reauthenticationReason)}
          <LoginAgainButton />
        </Stack>
      </Notice>
    );
  }
  const when = tokenExpiresAt && `${dateAndTime(tokenExpiresAt)} (${relativeTime(tokenExpiresAt)})`;
  if (tokenState === 'FRESH') {
    return (
      <Notice kind={hasRefreshToken ? 'success' : 'warning'} title={when ? profile.validUntil(when) : state}>
        <Text size="sm">{hasRefreshToken ? profile.renews : profile.renewsNot}</Text>
      </Notice>
    );
  }
  const isOutage = tokenState === 'OUTAGE_GRACE';
  return (
    <Notice kind={isOutage ? 'warning' : 'success'} title={state}>
      <Text size="sm">
        {isOutage ? profile.grace : profile.renewable} {when && profile.ranOut(when)}
      </Text>
    </Notice>
  );
}

function LoginAgainButton() {
  const provider = useSession().options?.oidcProvider;
  if (!provider) return null;
  return (
    <Button component="a" href={provider.loginUrl}>
      {words.profile.again}
    </Button>
  );
}
