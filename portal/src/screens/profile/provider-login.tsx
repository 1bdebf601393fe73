import { Button, Stack, Text } from '@mantine/core';
import { useSession } from '../../session/session';
import { dateAndTime, distance } from '../../ui/moment';
import { Notice } from '../../ui/notice';
import { Card } from '../../ui/page';
import { words, wordFor } from '../../words';
import type { Person } from './account-card';

type Identity = NonNullable<Person['oidcIdentity']>;

/** How long the provider's word about me is good, in words, and what to do when it is not. */
export function SignIn({ person }: { person: Person }) {
  const identity = person.oidcIdentity;
  if (!identity) return null;
  return (
    <Card title={words.profile.signIn}>
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

function State({ identity: { tokenState, tokenExpiresAt, reauthenticationReason } }: { identity: Identity }) {
  const { profile } = words;
  const state = wordFor(profile.states, tokenState);
  if (tokenState === 'REAUTHENTICATION_REQUIRED') {
    return (
      <Notice kind="bad" title={state}>
        <Stack gap="sm" align="start">
          {reauthenticationReason && wordFor(profile.reasons, reauthenticationReason)}
          <LogInAgain />
        </Stack>
      </Notice>
    );
  }
  const when = tokenExpiresAt && `${dateAndTime(tokenExpiresAt)} (${distance(tokenExpiresAt)})`;
  if (tokenState === 'FRESH') {
    return (
      <Notice kind="good" title={when ? profile.goodUntil(when) : state}>
        <Text size="sm">{profile.renews}</Text>
      </Notice>
    );
  }
  const isSilent = tokenState === 'OUTAGE_GRACE';
  return (
    <Notice kind={isSilent ? 'careful' : 'good'} title={state}>
      <Text size="sm">
        {isSilent ? profile.grace : profile.renewable} {when && profile.ranOut(when)}
      </Text>
    </Notice>
  );
}

function LogInAgain() {
  const provider = useSession().options?.oidcProvider;
  if (!provider) return null;
  return (
    <Button component="a" href={provider.loginUrl}>
      {words.profile.again}
    </Button>
  );
}
