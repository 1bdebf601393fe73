import type { OverviewQuery } from '../../../generated/graphql';
import { Link } from '../../../routing/link';
import { Fact } from '../../../ui/fact';
import { Card } from '../../../ui/page';
import { words } from '../../../words';

/** How many people there are, and how many of them need something. */
export function PeopleCard({ facts: { people, ended, waitingIdentities, configuration } }: { facts: OverviewQuery }) {
  const { peopleTitle, accounts, loginsEnded, requests, countOf } = words.overview;
  // The others only have to choose a name.
  const waiting = waitingIdentities?.filter(({ requestedUsername }) => requestedUsername !== '').length ?? 0;
  return (
    <Card title={peopleTitle}>
      <dl className="facts">
        <Fact name={accounts}>
          <Link to="/administration/users">{countOf(people?.totalCount)}</Link>
        </Fact>
        {configuration?.authMode === 'OIDC' && (
          <>
            <Fact name={loginsEnded}>
              <Link to="/administration/users?show=ended">{countOf(ended?.totalCount)}</Link>
            </Fact>
            <Fact name={requests}>
              {waiting > 0 ? <Link to="/administration/users">{countOf(waiting)}</Link> : countOf(0)}
            </Fact>
          </>
        )}
      </dl>
    </Card>
  );
}
