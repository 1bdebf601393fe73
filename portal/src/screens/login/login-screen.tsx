import { Button, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Link } from '../../routing/link';
import { navigate, safePath, useLocation } from '../../routing/location';
import { PasswordLogin } from '../../session/password-login';
import { type Session, useSession } from '../../session/session';
import { Notice, RefusalNotice } from '../../ui/notice';
import { wordFor, words } from '../../words';
import { CenteredPage } from '../../ui/centered-page';
import { FormPlaceholder } from '../../ui/loading-page';

/** The login page: the button of the provider, and the form for users with a local password. */
export function LoginScreen() {
  const { me, options, refusal } = useSession();
  const { searchParams } = useLocation();
  const returnTo = safePath(searchParams.get('returnTo'));
  useEffect(() => {
    if (me) void navigate(returnTo, { replace: true });
  }, [me, returnTo]);
  const isLoaded = options && me === null;
  return (
    <CenteredPage title={words.login.title}>
      {isLoaded ? <LoginOptions options={options} registered={searchParams.get('made')} /> : <FormPlaceholder />}
      {!isLoaded && <RefusalNotice refusal={refusal} />}
    </CenteredPage>
  );
}

function LoginOptions({
  options,
  registered,
}: {
  options: NonNullable<Session['options']>;
  registered: string | null;
}) {
  const { recordLogin } = useSession();
  const { oidcProvider, oidcPrimary, selfRegistration, endedBy } = options;
  const provider = oidcProvider && <ProviderButton {...oidcProvider} />;
  const local = (
    <section aria-label={provider ? words.login.localOfAdmin : words.login.local}>
      {provider && <AdministratorNote hasTitle={!oidcPrimary} />}
      <PasswordLogin onDone={recordLogin} isSecondary={Boolean(provider)} />
    </section>
  );
  return (
    <Stack gap="lg">
      {endedBy && <Notice kind="warning">{wordFor(words.login.endedBy, endedBy)}</Notice>}
      {registered !== null && <Notice kind="success">{words.register.done(registered)}</Notice>}
      {provider && oidcPrimary && provider}
      {provider && oidcPrimary ? (
        <details className="administrator-login">
          <summary>{words.login.localOfAdmin}</summary>
          {local}
        </details>
      ) : (
        local
      )}
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

function AdministratorNote({ hasTitle }: { hasTitle: boolean }) {
  return (
    <Stack gap={2} mb="md">
      {hasTitle && (
        <Title order={2} size="h5">
          {words.login.localOfAdmin}
        </Title>
      )}
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
