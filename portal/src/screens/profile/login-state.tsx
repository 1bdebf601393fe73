import { Button, Group, Text } from '@mantine/core';
import { useEffect } from 'react';
import type { SecretFragment } from '../../generated/graphql';
import { useSession } from '../../session/session';
import { dateAndTime, useHasPassed, useRelativeTime } from '../../ui/moment';
import { Notice } from '../../ui/notice';
import { words, wordFor } from '../../words';
import type { ProfileUser } from './profile-user';

type Identity = NonNullable<ProfileUser['oidcIdentity']>;

interface LoginStateProps {
  readonly identity: Identity | null;
  /** Nothing if there is none, or it is not known yet. */
  readonly secret: SecretFragment | null | undefined;
  readonly onExpire: () => void;
}

/**
 * Whether the login at the provider, and with it the CLI secret, is accepted; and the button that helps if it isn't:
 *
 * | login                     | secret               | button                                                 |
 * | ------------------------- | -------------------- | ------------------------------------------------------ |
 * | REAUTHENTICATION_REQUIRED | any, or none         | Log in again                                           |
 * | any other                 | USER_DISABLED        | none: only an administrator can help                   |
 * | any other                 | PROVIDER_UNAVAILABLE | Log in again, not stressed: it may pass by itself      |
 * | any other                 | any other refusal    | Log in again                                           |
 * | OUTAGE_GRACE              | VALID, or none       | none: it is accepted                                   |
 * | FRESH, REFRESHABLE        | VALID, or none       | with a refresh token none; without one Log in again, not stressed |
 */
export function LoginState({ identity, ...others }: LoginStateProps) {
  return identity && <IdentityState identity={identity} {...others} />;
}

function IdentityState({ identity, secret, onExpire }: LoginStateProps & { readonly identity: Identity }) {
  const isFresh = identity.tokenState === 'FRESH';
  const hasExpired = useHasPassed(identity.tokenExpiresAt ?? null);
  useEffect(() => {
    if (isFresh && hasExpired) onExpire();
  }, [isFresh, hasExpired, onExpire]);
  if (identity.tokenState === 'REAUTHENTICATION_REQUIRED') return <Ended identity={identity} hasSecret={!!secret} />;
  if (secret && secret.status !== 'VALID') {
    return <Refused status={secret.status} />;
  }
  if (identity.tokenState === 'OUTAGE_GRACE') {
    return (
      <Notice kind="warning" title={words.profile.states.OUTAGE_GRACE}>
        {words.profile.grace} <RanOut at={identity.tokenExpiresAt} />
      </Notice>
    );
  }
  return identity.hasRefreshToken ? <Renewed identity={identity} /> : <NotRenewed at={identity.tokenExpiresAt} />;
}

function Ended({
  identity: { reauthenticationReason: reason },
  hasSecret,
}: {
  identity: Identity;
  hasSecret: boolean;
}) {
  const { profile } = words;
  return (
    <Notice kind="error" title={profile.states.REAUTHENTICATION_REQUIRED}>
      <Group gap="sm" justify="space-between">
        <Text size="sm" flex="1 1 14rem">
          {reason && wordFor(profile.reasons, reason)} {hasSecret && profile.secretWaits}
        </Text>
        <LoginAgain />
      </Group>
    </Notice>
  );
}

/** The secret is not accepted although the login has not ended. */
function Refused({ status }: { status: SecretFragment['status'] }) {
  return (
    <Notice kind="warning">
      <Group gap="sm" justify="space-between">
        <Text size="sm" flex="1 1 14rem">
          {wordFor(words.profile.statuses, status)}
        </Text>
        {status !== 'USER_DISABLED' && <LoginAgain isEarly={status === 'PROVIDER_UNAVAILABLE'} />}
      </Group>
    </Notice>
  );
}

function Renewed({ identity: { tokenState, tokenExpiresAt } }: { identity: Identity }) {
  const { profile } = words;
  return (
    <Notice kind="success" title={profile.renewed}>
      {tokenState === 'FRESH' && tokenExpiresAt ? (
        <Text size="sm">
          <Until at={tokenExpiresAt} />. {profile.renews}
        </Text>
      ) : (
        <Text size="sm">{profile.renewable}</Text>
      )}
    </Notice>
  );
}

/** Without a refresh token. */
function NotRenewed({ at }: { at: string | null | undefined }) {
  const { profile } = words;
  return (
    <Notice kind="warning" title={profile.notRenewed}>
      <Group gap="sm" justify="space-between">
        <Text size="sm" flex="1 1 14rem">
          {at && (
            <>
              <Until at={at} />.{' '}
            </>
          )}
          {profile.renewsNot}
        </Text>
        <LoginAgain isEarly />
      </Group>
    </Notice>
  );
}

function Until({ at }: { at: string }) {
  return <>{words.profile.validUntil(`${dateAndTime(at)} (${useRelativeTime(at)})`)}</>;
}

function RanOut({ at }: { at: string | null | undefined }) {
  return at ? <>{words.profile.ranOut(dateAndTime(at))}</> : null;
}

function LoginAgain({ isEarly }: { isEarly?: boolean }) {
  const provider = useSession().options?.oidcProvider;
  if (!provider) return null;
  return (
    <Button component="a" href={provider.loginUrl} variant={isEarly ? 'default' : 'filled'}>
      {words.profile.again}
    </Button>
  );
}
