import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../../../api/use-answer';
import { type UserFilter, UsersDocument } from '../../../generated/graphql';
import { useSearchParameter } from '../../../routing/search-parameter';
import { useSession } from '../../../session/session';
import { List } from '../../../ui/list';
import { LateNotice, Notice, RefusalNotice } from '../../../ui/notice';
import { Page } from '../../../ui/page';
import { Pager, ROWS_PER_PAGE, usePages } from '../../../ui/pager';
import { SearchField } from '../../../ui/search-field';
import { words } from '../../../words';
import { AccountRequests } from './account-requests';
import { CreateUser } from './create-user';
import { USER_COLUMNS, UserTableRow } from '../user-rows';

const FILTERS: Readonly<Record<string, UserFilter>> = {
  admins: { isAdmin: true },
  disabled: { isDisabled: true },
  ended: { tokenState: 'REAUTHENTICATION_REQUIRED' },
};

const CHOICES = [
  { value: '', label: words.users.all },
  { value: 'admins', label: words.users.onlyAdmins },
  { value: 'disabled', label: words.users.onlyDisabled },
  { value: 'ended', label: words.users.onlyEnded },
];

/** The number of users found; the server does not count beyond a thousand. */
function foundText(count: number | null | undefined): string {
  return typeof count === 'number' ? words.users.found(count) : words.users.foundMany;
}

/** All users, with search and filters. */
export default function UsersScreen() {
  const [search, setSearch] = useSearchParameter('search');
  const [deleted] = useSearchParameter('deleted');
  const [shown, setShown] = useSearchParameter('show');
  const pages = usePages(`${search} ${shown}`);
  const filter = { ...(search && { search }), ...FILTERS[shown] };
  const variables = { filter, first: ROWS_PER_PAGE, after: pages.after };
  const { data, refusal, refetch } = useAnswer(UsersDocument, variables);
  const [isCreating, setCreating] = useState(false);
  const [message, setMessage] = useState('');
  const isLocal = useSession().options?.authMode === 'DATABASE';
  const done = (username: string) => {
    setCreating(false);
    setMessage(words.users.done.created(username));
    refetch();
  };
  const users = data?.users;
  return (
    <Page
      title={words.users.title}
      about={isLocal ? undefined : words.users.oidcNote}
      actions={isLocal && <Button onClick={() => setCreating(true)}>{words.users.create}</Button>}
    >
      <LateNotice>
        {(message || deleted) && (
          <div className="filters">
            <Notice kind="success">{message || words.users.done.removed(deleted)}</Notice>
          </div>
        )}
      </LateNotice>
      {!isLocal && <AccountRequests onMoved={(username) => setMessage(words.users.requests.done(username))} />}
      <div className="filters">
        <SearchField
          label={words.users.search}
          placeholder={words.users.searchNote}
          value={search}
          onSearch={setSearch}
        />
        <NativeSelect
          label={words.users.who}
          value={shown}
          data={CHOICES}
          onChange={(event) => setShown(event.currentTarget.value)}
        />
      </div>
      <RefusalNotice refusal={refusal} />
      <List
        label={words.users.title}
        columns={USER_COLUMNS}
        rows={users?.edges.map(({ node }) => (
          <UserTableRow key={node.id} user={node} />
        ))}
        nothing={words.users.nobody}
      />
      <Pager pages={pages} pageInfo={users?.pageInfo} found={users ? foundText(users.totalCount) : undefined} />
      {isCreating && <CreateUser onClose={() => setCreating(false)} onDone={done} />}
    </Page>
  );
}
