import { Button, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Link } from '../../routing/link';
import { navigate, safePath, useLocation } from '../../routing/location';
import { PasswordLogin } from '../../session/password-login';
import { type Session, useSession } from '../../session/session';
import { Notice, RefusalNotice } from '../../ui/notice';
import { words } from '../../words';
import { Entrance } from '../../ui/centered-page';
import { Placeholder } from '../../ui/loading-page';

/** Where everybody begins: the way to the provider, and the form of those who have a password here. */
export function LoginScreen() {
  const { me, options, refusal } = useSession();
  const { searchParams } = useLocation();
  const returnTo = safePath(searchParams.get('returnTo'));
  useEffect(() => {
    if (me) void navigate(returnTo, { replace: true });
  }, [me, returnTo]);
  const isKnown = options && me === null;
  return (
    <Entrance title={words.login.title}>
      {isKnown ? <Ways options={options} made={searchParams.get('made')} /> : <Placeholder />}
      {!isKnown && <RefusalNotice refusal={refusal} />}
    </Entrance>
  );
}

function Ways({ options, made }: { options: NonNullable<Session['options']>; made: string | null }) {
  const { begun } = useSession();
  const { oidcProvider, oidcPrimary, selfRegistration } = options;
  const provider = oidcProvider && <ProviderButton {...oidcProvider} />;
  return (
    <Stack gap="lg">
      {made !== null && <Notice kind="good">{words.register.done(made)}</Notice>}
      {provider && oidcPrimary && provider}
      {provider && oidcPrimary && <div className="divider">{words.login.or}</div>}
      <section aria-label={provider ? words.login.localOfAdmin : words.login.local}>
        {provider && <ForAdministrator />}
        <PasswordLogin onDone={begun} isQuiet={Boolean(provider)} />
      </section>
      {provider && !oidcPrimary && <div className="divider">{words.login.or}</div>}
      {provider && !oidcPrimary && provider}
      {selfRegistration && (
        <Text ta="center">
          {words.login.noAccount} <Link to="/register">{words.login.register}</Link>
        </Text>
      )}
    </Stack>
  );
}

function ForAdministrator() {
  return (
    <Stack gap={2} mb="md">
      <Title order={2} size="h5">
        {words.login.localOfAdmin}
      </Title>
      <Text size="sm" c="dimmed">
        {words.login.localOfAdminNote}
      </Text>
    </Stack>
  );
}

function ProviderButton({ name, loginUrl }: { name: string; loginUrl: string }) {
  return (
    <Button component="a" href={loginUrl} className="long-label" mih="2.625rem" fullWidth>
      {words.login.provider(name)}
    </Button>
  );
}
