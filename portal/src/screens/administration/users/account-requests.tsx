import { Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAction } from '../../../api/use-action';
import { useAnswer } from '../../../api/use-answer';
import {
  DeclineAccountRequestDocument,
  MoveAccountDocument,
  WaitingIdentitiesDocument,
  type WaitingIdentityFragment,
} from '../../../generated/graphql';
import { Confirm } from '../../../ui/confirm';
import { Moment } from '../../../ui/moment';
import { Notice } from '../../../ui/notice';
import { Card } from '../../../ui/page';
import { words } from '../../../words';

type Account = NonNullable<WaitingIdentityFragment['account']>;

/** The people who ask for an account that they had under another identity. Nothing is shown where nobody does. */
export function AccountRequests({ onMoved }: { onMoved: (username: string) => void }) {
  const { data, refetch } = useAnswer(WaitingIdentitiesDocument, {}, 'network-only');
  const waiting = (data?.waitingIdentities ?? []).filter(({ requestedUsername }) => requestedUsername !== '');
  if (waiting.length === 0) return null;
  return (
    <Card title={words.users.requests.title}>
      <Stack gap="md">
        <Text size="sm">{words.users.requests.about}</Text>
        {waiting.map((request) => (
          <Request key={request.id} request={request} onDecided={refetch} onMoved={onMoved} />
        ))}
      </Stack>
    </Card>
  );
}

interface RequestProps {
  readonly request: WaitingIdentityFragment;
  readonly onDecided: () => void;
  readonly onMoved: (username: string) => void;
}

function Request({ request, onDecided, onMoved }: RequestProps) {
  const { requests } = words.users;
  const decline = useAction(DeclineAccountRequestDocument);
  const [isAsking, setAsking] = useState(false);
  const { account } = request;
  const refuse = async () => {
    await decline.run({ input: { requestId: request.id } });
    onDecided();
  };
  const moved = (username: string) => {
    setAsking(false);
    onDecided();
    onMoved(username);
  };
  return (
    <section aria-label={requests.of(request.requestedUsername)}>
      <Stack gap="xs">
        <Both request={request} />
        <Group>
          {account?.oidcIdentity && (
            <Button variant="default" onClick={() => setAsking(true)}>
              {requests.move}
            </Button>
          )}
          <Button variant="subtle" loading={decline.isBusy} onClick={() => void refuse()}>
            {requests.decline}
          </Button>
        </Group>
      </Stack>
      {isAsking && account && (
        <ConfirmMove request={request} account={account} onClose={() => setAsking(false)} onDone={moved} />
      )}
    </section>
  );
}

/** Both identities, one above the other, each text apart from those around it whatever its direction. */
function Both({ request }: { request: WaitingIdentityFragment }) {
  const { requests } = words.users;
  const { account } = request;
  return (
    <Stack gap={4}>
      {request.warnings.map((warning) => (
        <Notice key={warning} kind="warning">
          {warning}
        </Notice>
      ))}
      <Facts title={requests.waits} of={[request.subject, request.issuer, request.claimedUsername, request.realName]}>
        <bdi>{requests.address(request.email ?? null)}</bdi> <Moment at={request.since} />
      </Facts>
      <Facts
        title={requests.account(request.requestedUsername)}
        of={[account?.oidcIdentity?.subject, account?.oidcIdentity?.issuer, account?.username, account?.realName]}
      >
        <bdi>{account ? requests.address(account.email ?? null) : requests.nobody}</bdi>{' '}
        {account && <Moment at={account.lastLoginAt} />}
      </Facts>
    </Stack>
  );
}

function Facts({
  title,
  of,
  children,
}: {
  title: string;
  of: readonly (string | null | undefined)[];
  children: ReactNode;
}) {
  return (
    <div>
      <Text size="sm" fw={600}>
        <bdi>{title}</bdi>
      </Text>
      {of.map(
        (text, place) =>
          text && (
            <code key={place} className="identity">
              <bdi>{text}</bdi>
            </code>
          ),
      )}
      <Text size="xs" c="dimmed">
        {children}
      </Text>
    </div>
  );
}

interface ConfirmMoveProps {
  readonly request: WaitingIdentityFragment;
  readonly account: Account;
  readonly onClose: () => void;
  readonly onDone: (username: string) => void;
}

function ConfirmMove({ request, account, onClose, onDone }: ConfirmMoveProps) {
  const { requests } = words.users;
  const move = useAction(MoveAccountDocument);
  const send = async () => {
    if (!account.oidcIdentity) return;
    const { issuer, subject } = account.oidcIdentity;
    const to = { issuer: request.issuer, subject: request.subject };
    const input = { requestId: request.id, accountId: account.id, from: { issuer, subject }, to };
    if (await move.run({ input })) onDone(account.username);
  };
  return (
    <Confirm
      title={requests.moveAsk(account.username)}
      text={
        <Stack gap="sm">
          <Text>{requests.moveNote}</Text>
          <Both request={request} />
          <Text size="sm">{requests.ends}</Text>
        </Stack>
      }
      action={requests.moveNow}
      isDangerous
      isBusy={move.isBusy}
      refusal={move.refusal}
      onConfirm={() => void send()}
      onCancel={onClose}
    />
  );
}
