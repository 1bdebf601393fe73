import { Stack } from '@mantine/core';
import { useAnswer } from '../../api/use-answer';
import { ProfileDocument } from '../../generated/graphql';
import { useSession } from '../../session/session';
import { RefusalNotice } from '../../ui/notice';
import { Card, Lines, Page } from '../../ui/page';
import { words } from '../../words';
import { ChangePassword } from './change-password';
import { CliSecretCard } from './cli-secret-card';
import { OwnSessions } from './own-sessions';
import { ProviderLogin } from './provider-login';
import { AccountCard } from './account-card';

/** The own profile: CLI secret, account, login at the provider, and sessions. */
export default function ProfileScreen() {
  const { data, refusal, refetch } = useAnswer(ProfileDocument, {});
  const { me, options } = useSession();
  const isLocal = me?.kind === 'LOCAL';
  const mayChangePassword = isLocal && (options?.authMode === 'DATABASE' || me.isBuiltIn);
  const user = data?.me;
  return (
    <Page title={words.profile.title}>
      <Stack gap="md">
        <RefusalNotice refusal={refusal} />
        {!isLocal && <CliSecretCard user={user ?? (refusal ? null : undefined)} onExpire={refetch} />}
        <div className="columns">
          {user ? <AccountCard user={user} /> : <PlaceholderCard title={words.profile.account} />}
          {!isLocal && (user ? <ProviderLogin user={user} /> : <PlaceholderCard title={words.profile.providerLogin} />)}
          {mayChangePassword && <ChangePassword />}
        </div>
        <OwnSessions />
      </Stack>
    </Page>
  );
}

function PlaceholderCard({ title }: { title: string }) {
  return (
    <Card title={title}>
      <Lines count={6} />
    </Card>
  );
}
