import { Skeleton, Text } from '@mantine/core';
import { useQuery } from 'urql';
import { type AuditHoursQuery, AuditHoursDocument } from '../../../generated/graphql';
import { dateAndTime } from '../../../ui/moment';
import { Card } from '../../../ui/page';
import { words } from '../../../words';
import { barsOf } from './bars';

const { audit } = words;
const HEIGHT = 100;
const MIDDLE = HEIGHT / 2;

interface AuditChartProps {
  readonly from: string;
  readonly to: string;
}

/** Logins above the line, refusals below it, hour by hour. */
export function AuditChart({ from, to }: AuditChartProps) {
  const period = { from, to };
  const variables = {
    logins: { ...period, action: 'login', outcome: 'SUCCEEDED' as const },
    refusals: { ...period, outcome: 'REFUSED' as const },
  };
  const [{ data, stale }] = useQuery({ query: AuditHoursDocument, variables });
  const isHere = data && !stale;
  return (
    <Card title={audit.chart}>
      <div className="chart">{isHere ? <Drawing data={data} from={from} to={to} /> : <Skeleton height={203} />}</div>
    </Card>
  );
}

function Drawing({ data, from, to }: AuditChartProps & { data: AuditHoursQuery }) {
  const { bars, logins, refusals } = barsOf(data, from, to);
  const says = audit.chartSays(logins, refusals);
  return (
    <>
      <div className="legend">
        <span className="of-logins">{audit.logins}</span>
        <span className="of-refusals">{audit.refusals}</span>
        <Text size="sm">{says}</Text>
      </div>
      <svg viewBox={`0 0 ${bars.length} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={says}>
        <line x1="0" x2={bars.length} y1={MIDDLE} y2={MIDDLE} strokeWidth="0.5" />
        {bars.map((bar, at) => (
          <g key={bar.hour}>
            <title>{audit.atHour(dateAndTime(bar.hour), bar.logins, bar.refusals)}</title>
            <rect className="logins" x={at + 0.1} width="0.8" y={MIDDLE - bar.up * MIDDLE} height={bar.up * MIDDLE} />
            <rect className="refusals" x={at + 0.1} width="0.8" y={MIDDLE} height={bar.down * MIDDLE} />
          </g>
        ))}
      </svg>
      <div className="axis">
        <span>{dateAndTime(from)}</span>
        <span>{audit.now}</span>
      </div>
    </>
  );
}
