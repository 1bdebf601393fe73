import type { OverviewQuery } from '../../../generated/graphql';
import { Link } from '../../../routing/link';
import { Fact } from '../../../ui/fact';
import { Moment } from '../../../ui/moment';
import { Notice } from '../../../ui/notice';
import { Card } from '../../../ui/page';
import { words } from '../../../words';

/** How the provider has answered lately, as refreshes have shown; nothing in DATABASE mode. */
export function ProviderHealth({ facts: { configuration, failures } }: { facts: OverviewQuery }) {
  const { provider, providerName, providerEndpoint, lastRefresh, lastFailure, noFailure, trouble, testIt } =
    words.overview;
  if (configuration?.authMode !== 'OIDC') return null;
  const { name, endpoint, lastRefreshedAt } = configuration.oidc;
  const failedAt = failures?.edges[0]?.node.at;
  const isInTrouble =
    failedAt !== undefined && (!lastRefreshedAt || Date.parse(lastRefreshedAt) < Date.parse(failedAt));
  return (
    <Card title={provider}>
      {isInTrouble && <Notice kind="warning">{trouble}</Notice>}
      <dl className="facts">
        {name && (
          <Fact name={providerName}>
            <bdi>{name}</bdi>
          </Fact>
        )}
        <Fact name={providerEndpoint}>
          <bdi>{endpoint}</bdi>
        </Fact>
        <Fact name={lastRefresh}>
          <Moment at={lastRefreshedAt} />
        </Fact>
        <Fact name={lastFailure}>
          {failedAt === undefined ? (
            noFailure
          ) : (
            <Link to="/administration/audit-log?action=grant.refresh&outcome=FAILED">
              <Moment at={failedAt} />
            </Link>
          )}
        </Fact>
      </dl>
      <Link to="/administration/configuration">{testIt}</Link>
    </Card>
  );
}
