import { Badge, Button } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../../api/use-answer';
import { useAction } from '../../api/use-action';
import { EndSessionDocument, OwnSessionsDocument, type OwnSessionsQuery } from '../../generated/graphql';
import { Cell, type Column, Line, List } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { LateNotice, Notice, RefusalNotice } from '../../ui/notice';
import { Card } from '../../ui/page';
import { words } from '../../words';
import { browserOf } from './browser-name';

type LoginSession = NonNullable<OwnSessionsQuery['sessions']>[number];

const { profile } = words;
const COLUMNS: readonly Column[] = [
  { name: profile.sessionFrom, width: '40%' },
  { name: profile.sessionSince, width: '20%' },
  { name: profile.sessionSeen, width: '20%' },
  { name: profile.sessionEnd, isForScreenReaders: true },
];

/** The user's own sessions, with a button to end each of the others. */
export function OwnSessions() {
  const { data, refusal, refetch } = useAnswer(OwnSessionsDocument, {});
  const end = useAction(EndSessionDocument);
  const [isEnded, setEnded] = useState(false);
  const endIt = async (sessionId: string) => {
    setEnded(false);
    if (!(await end.run({ input: { sessionId } }))) return;
    setEnded(true);
    refetch();
  };
  return (
    <Card title={words.profile.sessions}>
      <LateNotice>{isEnded && <Notice kind="success">{words.profile.sessionEnded}</Notice>}</LateNotice>
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
          placeholderRows={1}
        />
      )}
    </Card>
  );
}

function Row({ session, onEnd }: { session: LoginSession; onEnd: () => void }) {
  const where = browserOf(session.userAgent) ?? words.profile.unknownBrowser;
  const address = session.remoteAddress ? ` · ${session.remoteAddress}` : '';
  return (
    <Line>
      <Cell>
        {where}
        {address}
      </Cell>
      <Cell>
        <Moment at={session.createdAt} />
      </Cell>
      <Cell>
        <Moment at={session.lastSeenAt} />
      </Cell>
      <Cell isAtEnd>
        {session.isCurrent ? (
          <Badge variant="light" tt="none">
            {words.profile.sessionHere}
          </Badge>
        ) : (
          <Button variant="default" size="compact-sm" aria-label={words.profile.endThis(where)} onClick={onEnd}>
            {words.profile.end}
          </Button>
        )}
      </Cell>
    </Line>
  );
}
