import { Table } from '@mantine/core';
import { useAnswer } from '../../../api/use-answer';
import { GroupsDocument } from '../../../generated/graphql';
import { Link } from '../../../routing/link';
import { useSearchParameter } from '../../../routing/search-parameter';
import { List } from '../../../ui/list';
import { RefusalNotice } from '../../../ui/notice';
import { Page } from '../../../ui/page';
import { Pager, ROWS_PER_PAGE, usePages } from '../../../ui/pager';
import { SearchField } from '../../../ui/search-field';
import { words } from '../../../words';

/** The groups that the provider named. */
export default function GroupsScreen() {
  const [search, setSearch] = useSearchParameter('search');
  const pages = usePages(search);
  const variables = { search: search || null, first: ROWS_PER_PAGE, after: pages.after };
  const { data, refusal } = useAnswer(GroupsDocument, variables);
  const groups = data?.groups;
  return (
    <Page title={words.groups.title} about={words.groups.about}>
      <div className="filters">
        <SearchField
          label={words.users.search}
          placeholder={words.groups.search}
          value={search}
          onSettled={setSearch}
        />
      </div>
      <RefusalNotice refusal={refusal} />
      <List
        label={words.groups.title}
        columns={[words.groups.name, words.groups.members]}
        rows={groups?.edges.map(({ node: { id, name, memberCount } }) => (
          <Table.Tr key={id}>
            <Table.Td>
              <Link to={`/administration/groups/${id}`} fw={500}>
                {name}
              </Link>
            </Table.Td>
            <Table.Td>{memberCount.toLocaleString('en')}</Table.Td>
          </Table.Tr>
        ))}
        nothing={search ? words.users.nobody : words.groups.nothing}
        minWidth={280}
      />
      <Pager pages={pages} pageInfo={groups?.pageInfo} />
    </Page>
  );
}
