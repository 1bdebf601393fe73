import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../../api/use-answer';
import { OwnCliSecretDocument, type SecretFragment } from '../../generated/graphql';
import { useMe } from '../../session/session';
import { Moment } from '../../ui/moment';
import { Notice, RefusalNotice } from '../../ui/notice';
import { Card } from '../../ui/page';
import { words, wordFor } from '../../words';
import { CommandLines } from './command-lines';
import { GenerateSecret, OwnSecret, RevokeSecret } from './secret-dialogs';
import { SecretText } from './secret-text';

type OpenDialog = 'GENERATE' | 'OWN' | 'REVOKE';

/** The CLI secret: show, copy, replace, revoke. */
export function CliSecretCard() {
  const { data, refusal, refetch } = useAnswer(OwnCliSecretDocument, {}, 'network-only');
  const [dialog, setDialog] = useState<OpenDialog>();
  const [message, setMessage] = useState('');
  const { username } = useMe();
  const close = () => setDialog(undefined);
  const done = (what: string) => {
    close();
    setMessage(what);
    refetch();
  };
  const secret = data?.cliSecret;
  const isMissing = data !== undefined && !secret;
  return (
    <Card title={words.profile.secret}>
      <Stack gap="md">
        <Text c="dimmed">{words.profile.secretAbout}</Text>
        <RefusalNotice refusal={refusal} />
        {message && <Notice kind="success">{message}</Notice>}
        {!data && !refusal && <SecretPlaceholder />}
        {secret?.secret && <StoredSecret key={secret.secret} secret={secret} />}
        {isMissing && <Text>{words.profile.noSecret}</Text>}
        {secret?.secret === null && <Text>{words.profile.unreadableSecret}</Text>}
        <Actions hasSecret={!isMissing} onChoose={setDialog} />
        {!isMissing && <CommandLines username={username} />}
      </Stack>
      {dialog === 'GENERATE' && <GenerateSecret onClose={close} onDone={() => done(words.profile.generated)} />}
      {dialog === 'OWN' && <OwnSecret onClose={close} onDone={() => done(words.profile.ownDone)} />}
      {dialog === 'REVOKE' && <RevokeSecret onClose={close} onDone={() => done(words.profile.revoked)} />}
    </Card>
  );
}

/** As high as the secret and the line below it. */
function SecretPlaceholder() {
  return (
    <Stack gap="xs" role="status" aria-busy="true" aria-label={words.loading}>
      <Skeleton height={38} />
      <Skeleton height={20} width="50%" />
    </Stack>
  );
}

function StoredSecret({ secret }: { secret: SecretFragment }) {
  const { profile } = words;
  const isValid = secret.status === 'VALID';
  return (
    <Stack gap="xs">
      <SecretText secret={secret.secret ?? ''} />
      <Text size="sm" c="dimmed">
        <strong>{isValid && wordFor(profile.statuses, secret.status)}</strong>
        {isValid && ' · '}
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
      {!isValid && <Notice kind="warning">{wordFor(profile.statuses, secret.status)}</Notice>}
    </Stack>
  );
}

function Actions({ hasSecret, onChoose }: { hasSecret: boolean; onChoose: (dialog: OpenDialog) => void }) {
  const { profile } = words;
  return (
    <Group gap="sm">
      <Button variant={hasSecret ? 'default' : 'filled'} onClick={() => onChoose('GENERATE')}>
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
