import { Badge, Button, Table } from '@mantine/core';
import { useAnswer } from '../../api/use-answer';
import { useAction } from '../../api/use-action';
import { EndSessionDocument, OwnSessionsDocument, type OwnSessionsQuery } from '../../generated/graphql';
import { List } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { RefusalNotice } from '../../ui/notice';
import { Card } from '../../ui/page';
import { words } from '../../words';
import { browserOf } from './browser-name';

type LoginSession = NonNullable<OwnSessionsQuery['sessions']>[number];

const { profile } = words;
const COLUMNS = [profile.sessionFrom, profile.sessionSince, profile.sessionSeen, profile.sessionEnd];

/** Where I am logged in, with a way to end what I don't know. */
export function OwnSessions() {
  const { data, refusal, again } = useAnswer(OwnSessionsDocument, {});
  const end = useAction(EndSessionDocument);
  const endIt = async (sessionId: string) => {
    if (await end.run({ input: { sessionId } })) again();
  };
  return (
    <Card title={words.profile.sessions}>
      <RefusalNotice refusal={end.refusal ?? refusal} />
      {!refusal && (
        <List
          label={words.profile.sessions}
          columns={COLUMNS}
          rows={data?.sessions?.map((session) => (
            <Row key={session.id} session={session} onEnd={() => void endIt(session.id)} />
          ))}
          nothing={words.none}
          minWidth={480}
          held={1}
        />
      )}
    </Card>
  );
}

function Row({ session, onEnd }: { session: LoginSession; onEnd: () => void }) {
  const where = browserOf(session.userAgent) ?? words.profile.unknownBrowser;
  const address = session.remoteAddress ? ` · ${session.remoteAddress}` : '';
  return (
    <Table.Tr>
      <Table.Td>
        {where}
        {address}
      </Table.Td>
      <Table.Td>
        <Moment at={session.createdAt} />
      </Table.Td>
      <Table.Td>
        <Moment at={session.lastSeenAt} />
      </Table.Td>
      <Table.Td ta="right">
        {session.isCurrent ? (
          <Badge variant="light" tt="none">
            {words.profile.sessionHere}
          </Badge>
        ) : (
          <Button variant="default" size="compact-sm" aria-label={words.profile.endThis(where)} onClick={onEnd}>
            {words.profile.end}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
