import type { OverviewQuery } from '../../../generated/graphql';
import { Link } from '../../../routing/link';
import { Fact } from '../../../ui/fact';
import { Card } from '../../../ui/page';
import { words } from '../../../words';

/** Logins and refusals of the last 24 hours. */
export function ActivityCard({ facts: { logins, refusals } }: { facts: OverviewQuery }) {
  const { activityTitle, countOf } = words.overview;
  return (
    <Card title={activityTitle}>
      <dl className="facts">
        <Fact name={words.audit.logins}>
          <Link to="/administration/audit-log?action=login&outcome=SUCCEEDED">{countOf(sumOf(logins))}</Link>
        </Fact>
        <Fact name={words.audit.refusals}>
          <Link to="/administration/audit-log?outcome=REFUSED">{countOf(sumOf(refusals))}</Link>
        </Fact>
      </dl>
    </Card>
  );
}

function sumOf(hours: OverviewQuery['logins']): number {
  return (hours ?? []).reduce((sum, { count }) => sum + count, 0);
}
