import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { refusalOf } from '../../../api/refusal';
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
  const [{ data, error }, ask] = useQuery({ query: UserDocument, variables: { id } });
  const [said, setSaid] = useState('');
  const user = data?.user;
  const done = (what: string) => {
    setSaid(what);
    ask({ requestPolicy: 'network-only' });
  };
  return (
    <Page
      title={user?.username ?? words.users.title}
      actions={<Link to="/administration/users">{words.users.back}</Link>}
    >
      <Stack gap="md">
        <RefusalNotice refusal={refusalOf(error)} />
        {said && <Notice kind="good">{said}</Notice>}
        {!user && !error && (
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
