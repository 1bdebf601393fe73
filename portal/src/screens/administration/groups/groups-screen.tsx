import { useAnswer } from '../../../api/use-answer';
import { GroupsDocument } from '../../../generated/graphql';
import { Link } from '../../../routing/link';
import { useSearchParameter } from '../../../routing/search-parameter';
import { Cell, type Column, Line, List } from '../../../ui/list';
import { RefusalNotice } from '../../../ui/notice';
import { Page } from '../../../ui/page';
import { Pager, ROWS_PER_PAGE, usePages } from '../../../ui/pager';
import { SearchField } from '../../../ui/search-field';
import { words } from '../../../words';

const COLUMNS: readonly Column[] = [{ name: words.groups.name, width: '50%' }, { name: words.groups.members }];

/** The groups that the provider reported. */
export default function GroupsScreen() {
  const [search, setSearch] = useSearchParameter('search');
  const pages = usePages(search);
  const variables = { search: search || null, first: ROWS_PER_PAGE, after: pages.after };
  const { data, refusal } = useAnswer(GroupsDocument, variables);
  const groups = data?.groups;
  return (
    <Page title={words.groups.title} about={words.groups.about}>
      <div className="filters">
        <SearchField label={words.users.search} placeholder={words.groups.search} value={search} onSearch={setSearch} />
      </div>
      <RefusalNotice refusal={refusal} />
      <List
        label={words.groups.title}
        columns={COLUMNS}
        rows={groups?.edges.map(({ node: { id, name, memberCount } }) => (
          <Line key={id}>
            <Cell>
              <Link to={`/administration/groups/${id}`} fw={500}>
                {name}
              </Link>
            </Cell>
            <Cell>{words.number(memberCount)}</Cell>
          </Line>
        ))}
        nothing={search ? words.groups.nobody : words.groups.nothing}
        minWidth={280}
      />
      <Pager
        pages={pages}
        pageInfo={groups?.pageInfo}
        found={groups?.totalCount == null ? undefined : words.groups.found(groups.totalCount)}
      />
    </Page>
  );
}
