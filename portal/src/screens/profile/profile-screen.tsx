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
import { SignIn } from './provider-login';
import { Who } from './account-card';

/** Who I am, the secret I use at the command line, and where I am logged in. */
export default function ProfileScreen() {
  const { data, refusal } = useAnswer(ProfileDocument, {});
  const { me, options } = useSession();
  const isLocal = me?.kind === 'LOCAL';
  const mayChangePassword = isLocal && (options?.authMode === 'DATABASE' || me.isBuiltIn);
  const person = data?.me;
  return (
    <Page title={words.profile.title}>
      <Stack gap="md">
        <RefusalNotice refusal={refusal} />
        {!isLocal && <CliSecretCard />}
        <div className="columns">
          {person ? <Who person={person} /> : <Holding title={words.profile.who} />}
          {!isLocal && (person ? <SignIn person={person} /> : <Holding title={words.profile.signIn} />)}
          {mayChangePassword && <ChangePassword />}
        </div>
        <OwnSessions />
      </Stack>
    </Page>
  );
}

function Holding({ title }: { title: string }) {
  return (
    <Card title={title}>
      <Lines count={6} />
    </Card>
  );
}
