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

type Doing = 'GENERATE' | 'OWN' | 'REVOKE';

/** The one password for the command line: look, copy, replace. */
export function CliSecretCard() {
  const { data, refusal, again } = useAnswer(OwnCliSecretDocument, {}, 'network-only');
  const [doing, setDoing] = useState<Doing>();
  const [said, setSaid] = useState('');
  const { username } = useMe();
  const close = () => setDoing(undefined);
  const done = (what: string) => {
    close();
    setSaid(what);
    again();
  };
  const secret = data?.cliSecret;
  const isMissing = data !== undefined && !secret;
  return (
    <Card title={words.profile.secret}>
      <Stack gap="md">
        <Text c="dimmed">{words.profile.secretAbout}</Text>
        <RefusalNotice refusal={refusal} />
        {said && <Notice kind="good">{said}</Notice>}
        {!data && !refusal && <Held />}
        {secret?.secret && <Shown key={secret.secret} secret={secret} />}
        {isMissing && <Text>{words.profile.noSecret}</Text>}
        {secret?.secret === null && <Text>{words.profile.unreadableSecret}</Text>}
        <Actions hasSecret={!isMissing} onChoose={setDoing} />
        {!isMissing && <CommandLines username={username} />}
      </Stack>
      {doing === 'GENERATE' && <GenerateSecret onClose={close} onDone={() => done(words.profile.generated)} />}
      {doing === 'OWN' && <OwnSecret onClose={close} onDone={() => done(words.profile.ownDone)} />}
      {doing === 'REVOKE' && <RevokeSecret onClose={close} onDone={() => done(words.profile.revoked)} />}
    </Card>
  );
}

/** As high as the secret and the line below it. */
function Held() {
  return (
    <Stack gap="xs" role="status" aria-busy="true" aria-label={words.loading}>
      <Skeleton height={38} />
      <Skeleton height={20} width="50%" />
    </Stack>
  );
}

function Shown({ secret }: { secret: SecretFragment }) {
  const { profile } = words;
  const isGood = secret.status === 'VALID';
  return (
    <Stack gap="xs">
      <SecretText secret={secret.secret ?? ''} />
      <Text size="sm" c="dimmed">
        <strong>{isGood && wordFor(profile.statuses, secret.status)}</strong>
        {isGood && ' · '}
        {wordFor(profile.origins, secret.origin)} <Moment at={secret.createdAt} />
        {' · '}
        {profile.lastUsed('')}
        <Moment at={secret.lastUsedAt} />
      </Text>
      {!isGood && <Notice kind="careful">{wordFor(profile.statuses, secret.status)}</Notice>}
    </Stack>
  );
}

function Actions({ hasSecret, onChoose }: { hasSecret: boolean; onChoose: (doing: Doing) => void }) {
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
