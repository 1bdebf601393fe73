import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../../../api/use-answer';
import { UserDocument } from '../../../generated/graphql';
import { Link } from '../../../routing/link';
import { useIdOfPath } from '../../../routing/search-parameter';
import { LateNotice, Notice, RefusalNotice } from '../../../ui/notice';
import { Card, Lines, Page } from '../../../ui/page';
import { words } from '../../../words';
import { UserActions } from './user-actions';
import { UserFacts } from './user-facts';

/** One user, and the actions that an administrator can take. */
export default function UserScreen() {
  const id = useIdOfPath();
  const { data, refusal, refetch } = useAnswer(UserDocument, { id });
  const [message, setMessage] = useState('');
  const user = data?.user;
  const done = (text: string) => {
    setMessage(text);
    refetch();
  };
  return (
    <Page
      title={user?.username ?? words.users.title}
      actions={<Link to="/administration/users">{words.users.back}</Link>}
    >
      <Stack gap="md">
        <RefusalNotice refusal={refusal} />
        <LateNotice>{message && <Notice kind="success">{message}</Notice>}</LateNotice>
        {!user && !refusal && (
          <Card title={words.profile.account}>
            <Lines count={8} />
          </Card>
        )}
        {user && (
          <div className="columns">
            <UserFacts user={user} />
            <UserActions user={user} onDone={done} />
          </div>
        )}
      </Stack>
    </Page>
  );
}
