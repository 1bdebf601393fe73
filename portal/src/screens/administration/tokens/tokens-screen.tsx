import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../../../api/use-answer';
import { useAction } from '../../../api/use-action';
import { DeleteServiceTokenDocument, ServiceTokensDocument, type ServiceTokensQuery } from '../../../generated/graphql';
import { Link } from '../../../routing/link';
import { Confirm } from '../../../ui/confirm';
import { Cell, type Column, Line, List } from '../../../ui/list';
import { dateAndTime, Moment } from '../../../ui/moment';
import { LateNotice, Notice, RefusalNotice } from '../../../ui/notice';
import { Page } from '../../../ui/page';
import { Pager, ROWS_PER_PAGE, usePages } from '../../../ui/pager';
import { words, wordFor } from '../../../words';
import { CreateToken } from './create-token';

type Token = NonNullable<ServiceTokensQuery['serviceTokens']>['edges'][number]['node'];

const { tokens: texts } = words;
const COLUMNS: readonly Column[] = [
  { name: texts.name, width: '20%' },
  { name: texts.role, width: '14%' },
  { name: texts.creator, width: '13%' },
  { name: texts.created, width: '13%' },
  { name: texts.lastUsed, width: '13%' },
  { name: texts.expires },
  { name: texts.removal, width: '12%', isForScreenReaders: true },
];

/** The service tokens, with which machines call the API. */
export default function TokensScreen() {
  const pages = usePages('');
  const variables = { first: ROWS_PER_PAGE, after: pages.after };
  const { data, refusal, refetch } = useAnswer(ServiceTokensDocument, variables);
  const [isCreating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<Token>();
  const [message, setMessage] = useState('');
  const tokens = data?.serviceTokens;
  return (
    <Page
      title={texts.title}
      about={texts.about}
      actions={<Button onClick={() => setCreating(true)}>{texts.create}</Button>}
    >
      <Stack gap="md">
        <RefusalNotice refusal={refusal} />
        <LateNotice>{message && <Notice kind="success">{message}</Notice>}</LateNotice>
        <List
          label={texts.title}
          columns={COLUMNS}
          rows={tokens?.edges.map(({ node }) => (
            <Row key={node.id} token={node} onDelete={() => setDeleting(node)} />
          ))}
          nothing={texts.nothing}
          minWidth={940}
        />
      </Stack>
      <Pager pages={pages} pageInfo={tokens?.pageInfo} />
      {isCreating && <CreateToken onCreated={refetch} onClose={() => setCreating(false)} />}
      {deleting && (
        <DeleteToken
          token={deleting}
          onClose={() => setDeleting(undefined)}
          onDone={() => {
            setDeleting(undefined);
            setMessage(texts.removed);
            refetch();
          }}
        />
      )}
    </Page>
  );
}

function Row({ token, onDelete }: { token: Token; onDelete: () => void }) {
  return (
    <Line>
      <Cell>
        {token.name}
        {token.inactiveReason && (
          <Text size="sm" c="dimmed">
            {wordFor(texts.inactive, token.inactiveReason)}
          </Text>
        )}
      </Cell>
      <Cell>{wordFor(texts.roles, token.role)}</Cell>
      <Cell>
        <Creator token={token} />
      </Cell>
      <Cell>
        <Moment at={token.createdAt} />
      </Cell>
      <Cell>
        <Moment at={token.lastUsedAt} />
      </Cell>
      <Cell>{token.expiresAt ? dateAndTime(token.expiresAt) : words.never}</Cell>
      <Cell isAtEnd>
        <Button variant="default" size="compact-sm" aria-label={texts.removeThis(token.name)} onClick={onDelete}>
          {texts.remove}
        </Button>
      </Cell>
    </Line>
  );
}

function Creator({ token: { createdBy, createdByName } }: { token: Token }) {
  return createdBy ? <Link to={`/administration/users/${createdBy.id}`}>{createdByName}</Link> : createdByName;
}

function DeleteToken({ token, onClose, onDone }: { token: Token; onClose: () => void; onDone: () => void }) {
  const remove = useAction(DeleteServiceTokenDocument);
  const run = async () => {
    if (await remove.run({ input: { serviceTokenId: token.id } })) onDone();
  };
  return (
    <Confirm
      title={texts.removeAsk(token.name)}
      text={texts.removeNote}
      action={texts.remove}
      isDangerous
      {...remove}
      onConfirm={() => void run()}
      onCancel={onClose}
    />
  );
}
