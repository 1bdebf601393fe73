import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useAnswer } from '../../api/use-answer';
import { useAction } from '../../api/use-action';
import {
  GenerateCliSecretDocument,
  OwnCliSecretDocument,
  type OwnCliSecretQuery,
  type SecretFragment,
} from '../../generated/graphql';
import { useMe } from '../../session/session';
import { Moment } from '../../ui/moment';
import { LateNotice, Notice, RefusalNotice } from '../../ui/notice';
import { Card } from '../../ui/page';
import { words, wordFor } from '../../words';
import { CommandLines } from './command-lines';
import { FirstLogin } from './first-login';
import { FirstPush } from './first-push';
import { LoginState } from './login-state';
import type { ProfileUser } from './profile-user';
import { GenerateSecret, OwnSecret, RevokeSecret } from './secret-dialogs';
import { SecretText } from './secret-text';

type OpenDialog = 'GENERATE' | 'OWN' | 'REVOKE';

interface CliSecretCardProps {
  /** Undefined while loading; null if it could not be loaded. */
  readonly user: ProfileUser | null | undefined;
  readonly onExpire: () => void;
}

/** The CLI secret: whether it is accepted; show, copy, replace, revoke. */
export function CliSecretCard({ user, onExpire }: CliSecretCardProps) {
  const { data, refusal, refetch } = useAnswer(OwnCliSecretDocument, {}, 'network-only');
  const generate = useAction(GenerateCliSecretDocument);
  const [dialog, setDialog] = useState<OpenDialog>();
  const [message, setMessage] = useState('');
  const close = () => setDialog(undefined);
  const done = (what: string) => {
    close();
    setMessage(what);
    refetch();
  };
  const secret = data?.cliSecret;
  const isMissing = data !== undefined && !secret;
  const refetchAll = useCallback(() => {
    onExpire();
    refetch();
  }, [onExpire, refetch]);
  const choose = (next: OpenDialog) => {
    // Nothing is lost, so nothing is asked.
    if (next !== 'GENERATE' || !isMissing) return setDialog(next);
    void generate.run({}).then((answer) => answer && done(words.profile.generatedFirst));
  };
  return (
    <Card title={words.profile.secret}>
      <Stack gap="md">
        <Text c="dimmed">{words.profile.secretAbout}</Text>
        <RefusalNotice refusal={generate.refusal ?? refusal} />
        <LateNotice>{message && <Notice kind="success">{message}</Notice>}</LateNotice>
        {data && user !== undefined ? (
          <>
            {user && <LoginState identity={user.oidcIdentity} secret={secret} onExpire={refetchAll} />}
            <SecretOrNone secret={secret} />
            <Actions hasSecret={!isMissing} isBusy={generate.isBusy} onChoose={choose} />
            <Use answer={data} onChange={refetch} />
          </>
        ) : (
          !refusal && <SecretPlaceholder />
        )}
      </Stack>
      {dialog === 'GENERATE' && <GenerateSecret onClose={close} onDone={() => done(words.profile.generated)} />}
      {dialog === 'OWN' && <OwnSecret onClose={close} onDone={() => done(words.profile.ownDone)} />}
      {dialog === 'REVOKE' && <RevokeSecret onClose={close} onDone={() => done(words.profile.revoked)} />}
    </Card>
  );
}

/** About as high as the secret and its commands, so that nothing in view moves when they appear. */
function SecretPlaceholder() {
  return (
    <Stack gap="xs" role="status" aria-busy="true" aria-label={words.loading}>
      <Skeleton height={38} />
      <Skeleton height={20} width="50%" />
      <Skeleton height={560} />
    </Stack>
  );
}

function SecretOrNone({ secret }: { secret: SecretFragment | null | undefined }) {
  if (!secret) return <Text>{words.profile.noSecret}</Text>;
  if (secret.secret === null) return <Text>{words.profile.unreadableSecret}</Text>;
  return <StoredSecret key={secret.secret} secret={secret} />;
}

function StoredSecret({ secret }: { secret: SecretFragment }) {
  const { profile } = words;
  return (
    <Stack gap="xs">
      <SecretText secret={secret.secret ?? ''} />
      <Text size="sm" c="dimmed">
        {wordFor(profile.origins, secret.origin)} <Moment at={secret.createdAt} />
        {' · '}
        {secret.lastUsedAt ? (
          <>
            {profile.lastUsed} <Moment at={secret.lastUsedAt} />
          </>
        ) : (
          profile.neverUsed
        )}
      </Text>
    </Stack>
  );
}

interface UseProps {
  readonly answer: OwnCliSecretQuery;
  readonly onChange: () => void;
}

/** How to log in and push with the secret, and whether that has been done. */
function Use({ answer, onChange }: UseProps) {
  const { username } = useMe();
  const { cliSecret: secret, registryAddresses, ownRepositoryFolder: place } = answer;
  if (!secret) return null;
  const addresses = registryAddresses ?? [];
  return (
    <>
      <FirstPush username={username} place={place} address={addresses[0]} isUsed={!!secret.lastUsedAt} />
      <CommandLines username={username} addresses={addresses} />
      {secret.secret && <FirstLogin key={secret.createdAt} secret={secret} onChange={onChange} />}
    </>
  );
}

interface ActionsProps {
  readonly hasSecret: boolean;
  readonly isBusy: boolean;
  readonly onChoose: (dialog: OpenDialog) => void;
}

/** The buttons that replace the secret: behind the "..." as long as there is one that could be lost. */
function Actions({ hasSecret, isBusy, onChoose }: ActionsProps) {
  const { profile } = words;
  const [isOpen, setOpen] = useState(false);
  const buttons = <Replace hasSecret={hasSecret} isBusy={isBusy} onChoose={onChoose} />;
  if (!hasSecret) return buttons;
  return (
    <Group gap="sm">
      <Button variant="default" aria-label={profile.change} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        …
      </Button>
      {isOpen && buttons}
    </Group>
  );
}

function Replace({ hasSecret, isBusy, onChoose }: ActionsProps) {
  const { profile } = words;
  return (
    <Group gap="sm">
      <Button variant={hasSecret ? 'default' : 'filled'} loading={isBusy} onClick={() => onChoose('GENERATE')}>
        {hasSecret ? profile.generate : profile.generateFirst}
      </Button>
      <Button variant="default" onClick={() => onChoose('OWN')}>
        {profile.own}
      </Button>
      {hasSecret && (
        <Button variant="subtle" color="red" onClick={() => onChoose('REVOKE')}>
          {profile.revoke}
        </Button>
      )}
    </Group>
  );
}
