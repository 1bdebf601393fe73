import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../../../api/use-answer';
import { UserDocument } from '../../../generated/graphql';
import { Link } from '../../../routing/link';
import { useIdOfPath } from '../../../routing/search-parameter';
import { Notice, RefusalNotice } from '../../../ui/notice';
import { Card, Lines, Page } from '../../../ui/page';
import { words } from '../../../words';
import { UserActions } from './user-actions';
import { UserFacts } from './user-facts';

/** One person, and what an administrator can do for or against him or her. */
export default function UserScreen() {
  const id = useIdOfPath();
  const { data, refusal, again } = useAnswer(UserDocument, { id });
  const [said, setSaid] = useState('');
  const user = data?.user;
  const done = (what: string) => {
    setSaid(what);
    again();
  };
  return (
    <Page
      title={user?.username ?? words.users.title}
      actions={<Link to="/administration/users">{words.users.back}</Link>}
    >
      <Stack gap="md">
        <RefusalNotice refusal={refusal} />
        {said && <Notice kind="good">{said}</Notice>}
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
