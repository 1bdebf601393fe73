import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { withBasePath } from '../../api/base-path';
import { useAction } from '../../api/use-action';
import { type PendingOnboardingQuery, RequestAccountDocument } from '../../generated/graphql';
import { LateNotice, Notice, RefusalNotice } from '../../ui/notice';
import { dateAndTime } from '../../ui/moment';
import { words } from '../../words';

type Pending = NonNullable<PendingOnboardingQuery['pendingOnboarding']>;

interface FormerAccountProps {
  readonly pending: Pending;
  readonly onChange: () => void;
}

/** For a person who had an account under another identity: they ask for it, and an administrator decides. */
export function FormerAccount({ pending, onChange }: FormerAccountProps) {
  const { former } = words.onboarding;
  const [isOpen, setOpen] = useState(false);
  const request = pending.accountRequest;
  const done = () => {
    setOpen(false);
    onChange();
  };
  if (isOpen && !pending.hasAccount) return <AskForAccount onDone={done} />;
  return (
    <Stack gap="xs">
      <LateNotice>{pending.hasAccount ? <AccountGiven /> : request && <Asked request={request} />}</LateNotice>
      {request && !pending.hasAccount && (
        <Button variant="default" onClick={onChange}>
          {former.look}
        </Button>
      )}
      {!pending.hasAccount && (
        <Button variant="subtle" onClick={() => setOpen(true)}>
          {request ? former.askAgain : former.open}
        </Button>
      )}
    </Stack>
  );
}

function Asked({ request }: { request: NonNullable<Pending['accountRequest']> }) {
  const { former } = words.onboarding;
  return (
    <Notice kind="info" title={former.asked}>
      {former.askedFor(request.username, dateAndTime(request.expiresAt))}
    </Notice>
  );
}

function AccountGiven() {
  const { former } = words.onboarding;
  return (
    <Notice kind="success" title={former.given}>
      <Stack gap="xs">
        <Text size="sm">{former.givenNote}</Text>
        <Button component="a" href={withBasePath('/c/oidc/login?redirect_url=/profile')}>
          {former.login}
        </Button>
      </Stack>
    </Notice>
  );
}

function AskForAccount({ onDone }: { onDone: () => void }) {
  const { former } = words.onboarding;
  const ask = useAction(RequestAccountDocument);
  const [username, setUsername] = useState('');
  const send = async () => {
    if (await ask.run({ input: { username } })) onDone();
  };
  return (
    <form action={() => void send()} aria-label={former.open}>
      <Stack gap="sm">
        <TextInput
          label={former.name}
          description={former.note}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
        />
        <RefusalNotice refusal={ask.refusal} />
        <Button type="submit" variant="default" loading={ask.isBusy}>
          {former.submit}
        </Button>
      </Stack>
    </form>
  );
}
