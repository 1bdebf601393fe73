import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../../../api/use-answer';
import { type UserFilter, UsersDocument } from '../../../generated/graphql';
import { useSearchParameter } from '../../../routing/search-parameter';
import { useSession } from '../../../session/session';
import { List } from '../../../ui/list';
import { Notice, RefusalNotice } from '../../../ui/notice';
import { Page } from '../../../ui/page';
import { Pager, ROWS_PER_PAGE, usePages } from '../../../ui/pager';
import { SearchField } from '../../../ui/search-field';
import { words } from '../../../words';
import { CreateUser } from './create-user';
import { USER_COLUMNS, UserTableRow } from '../user-rows';

const SHOWN: Readonly<Record<string, UserFilter>> = {
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

/** How many there are; past a thousand the server does not count. */
function foundOf(count: number | null | undefined): string {
  return typeof count === 'number' ? words.users.found(count) : words.users.foundMany;
}

/** Everybody, with a search that stays quick however many they are. */
export default function UsersScreen() {
  const [search, setSearch] = useSearchParameter('search');
  const [deleted] = useSearchParameter('deleted');
  const [shown, setShown] = useSearchParameter('show');
  const pages = usePages(`${search} ${shown}`);
  const filter = { ...(search && { search }), ...SHOWN[shown] };
  const variables = { filter, first: ROWS_PER_PAGE, after: pages.after };
  const { data, refusal, again } = useAnswer(UsersDocument, variables);
  const [isCreating, setCreating] = useState(false);
  const [said, setSaid] = useState('');
  const isLocal = useSession().options?.authMode === 'DATABASE';
  const done = (username: string) => {
    setCreating(false);
    setSaid(words.users.done.created(username));
    again();
  };
  const users = data?.users;
  return (
    <Page
      title={words.users.title}
      about={isLocal ? undefined : words.users.oidcNote}
      actions={isLocal && <Button onClick={() => setCreating(true)}>{words.users.create}</Button>}
    >
      {(said || deleted) && (
        <div className="filters">
          <Notice kind="good">{said || words.users.done.removed(deleted)}</Notice>
        </div>
      )}
      <div className="filters">
        <SearchField
          label={words.users.search}
          placeholder={words.users.searchNote}
          value={search}
          onSettled={setSearch}
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
      <Pager pages={pages} pageInfo={users?.pageInfo} found={users ? foundOf(users.totalCount) : undefined} />
      {isCreating && <CreateUser onClose={() => setCreating(false)} onDone={done} />}
    </Page>
  );
}
