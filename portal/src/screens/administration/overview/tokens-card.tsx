import { Text } from '@mantine/core';
import type { OverviewQuery } from '../../../generated/graphql';
import { Link } from '../../../routing/link';
import { Fact } from '../../../ui/fact';
import { Moment } from '../../../ui/moment';
import { Card } from '../../../ui/page';
import { words } from '../../../words';

const MOST_SHOWN = 5;

type Token = NonNullable<OverviewQuery['expiring']>['edges'][number]['node'];

/** The service tokens that expire soon, or have expired: what uses them stops. */
export function TokensCard({ facts: { expiring } }: { facts: OverviewQuery }) {
  const { tokensTitle, noneExpires, moreTokens, allTokens } = words.overview;
  const tokens = soonestFirst(expiring?.edges.map(({ node }) => node) ?? []).slice(0, MOST_SHOWN);
  const more = (expiring?.totalCount ?? 0) - tokens.length;
  return (
    <Card title={tokensTitle}>
      {tokens.length === 0 && <Text>{noneExpires}</Text>}
      <dl className="facts">
        {tokens.map(({ id, name, expiresAt }) => (
          <Fact key={id} name={name}>
            <Moment at={expiresAt} />
          </Fact>
        ))}
      </dl>
      {more > 0 && <Text size="sm">{moreTokens(more)}</Text>}
      <Link to="/administration/service-tokens">{allTokens}</Link>
    </Card>
  );
}

function soonestFirst(tokens: readonly Token[]): Token[] {
  const timeOf = ({ expiresAt }: Token) => (expiresAt ? Date.parse(expiresAt) : Infinity);
  return [...tokens].sort((one, other) => timeOf(one) - timeOf(other));
}
