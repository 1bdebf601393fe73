import { useAnswer } from '../../../api/use-answer';
import { GroupDocument } from '../../../generated/graphql';
import { Link } from '../../../routing/link';
import { useIdOfPath } from '../../../routing/search-parameter';
import { List } from '../../../ui/list';
import { RefusalNotice } from '../../../ui/notice';
import { Page } from '../../../ui/page';
import { Pager, ROWS_PER_PAGE, usePages } from '../../../ui/pager';
import { words } from '../../../words';
import { USER_COLUMNS, UserTableRow } from '../user-rows';

/** The members of a group. */
export default function GroupScreen() {
  const id = useIdOfPath();
  const pages = usePages(id);
  const variables = { id, first: ROWS_PER_PAGE, after: pages.after };
  const { data, refusal } = useAnswer(GroupDocument, variables);
  const group = data?.group;
  return (
    <Page
      title={group?.name ?? words.groups.title}
      actions={<Link to="/administration/groups">{words.groups.back}</Link>}
    >
      <RefusalNotice refusal={refusal} />
      <List
        label={words.groups.members}
        columns={USER_COLUMNS}
        rows={group?.members.edges.map(({ node }) => (
          <UserTableRow key={node.id} user={node} />
        ))}
        nothing={words.groups.noMembers}
      />
      <Pager
        pages={pages}
        pageInfo={group?.members.pageInfo}
        found={group ? words.users.found(group.memberCount) : undefined}
      />
    </Page>
  );
}
