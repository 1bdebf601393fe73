import { Skeleton } from '@mantine/core';
import { useAnswer } from '../../../api/use-answer';
import { type AuditHoursQuery, AuditHoursDocument } from '../../../generated/graphql';
import { dateAndTime, axisLabel } from '../../../ui/moment';
import { RefusalNotice } from '../../../ui/notice';
import { Card } from '../../../ui/page';
import { words } from '../../../words';
import { type Bar, barsOf, ticksOf } from './bars';

const { audit } = words;

interface AuditChartProps {
  readonly from: string;
  readonly to: string;
}

/** Logins per hour above the line, refusals below it. */
export function AuditChart({ from, to }: AuditChartProps) {
  const period = { from, to };
  const { data, refusal } = useAnswer(AuditHoursDocument, {
    logins: { ...period, action: 'login', outcome: 'SUCCEEDED' as const },
    refusals: { ...period, outcome: 'REFUSED' as const },
  });
  return (
    <Card title={audit.chart}>
      <RefusalNotice refusal={refusal} />
      {data && <Chart data={data} from={from} to={to} />}
      {!data && !refusal && <Skeleton className="chart" aria-busy="true" aria-label={words.loading} />}
    </Card>
  );
}

function Chart({ data, from, to }: AuditChartProps & { data: AuditHoursQuery }) {
  const { bars, logins, refusals } = barsOf(data, from, to);
  const summary = audit.chartSays(logins.total, refusals.total);
  return (
    <figure className="chart">
      <figcaption className="legend">
        <span className="of-logins">{audit.logins}</span>
        <span className="of-refusals">{audit.refusals}</span>
        <div>{summary}</div>
      </figcaption>
      <div className="plot">
        <div className="scale" aria-hidden="true">
          <span>{logins.highest > 0 && words.number(logins.highest)}</span>
          <span>{refusals.highest > 0 && words.number(refusals.highest)}</span>
        </div>
        <Bars bars={bars} logins={logins.highest} refusals={refusals.highest} summary={summary} />
        <div className="axis" aria-hidden="true">
          {ticksOf(from, to).map(({ moment, isWithinADay }) => (
            <span key={moment}>{axisLabel(moment, isWithinADay)}</span>
          ))}
          <span>{audit.now}</span>
        </div>
      </div>
    </figure>
  );
}

interface BarsProps {
  readonly bars: readonly Bar[];
  readonly logins: number;
  readonly refusals: number;
  readonly summary: string;
}

/** Both counts use the same scale, so that heights can be compared; the position of the line follows from that. */
function Bars({ bars, logins, refusals, summary }: BarsProps) {
  const height = Math.max(1, logins + refusals);
  const line = logins + refusals > 0 ? logins : height;
  return (
    <svg viewBox={`0 0 ${bars.length} ${height}`} preserveAspectRatio="none" role="img" aria-label={summary}>
      {bars.map((bar, at) => (
        <g key={bar.hour}>
          <title>{audit.atHour(dateAndTime(bar.hour), bar.logins, bar.refusals)}</title>
          <rect className="hour" x={at} width="1" y="0" height={height} />
          <rect className="logins" x={at + 0.12} width="0.76" y={line - bar.logins} height={bar.logins} />
          <rect className="refusals" x={at + 0.12} width="0.76" y={line} height={bar.refusals} />
        </g>
      ))}
      <line x1="0" x2={bars.length} y1={line} y2={line} />
    </svg>
  );
}
