import type { AuditHoursQuery } from '../../../generated/graphql';

const HOUR_MILLISECONDS = 3_600_000;

/** One hour of the chart: how many, and how high that is beside the highest of all. */
export interface Bar {
  readonly hour: string;
  readonly logins: number;
  readonly refusals: number;
  readonly up: number;
  readonly down: number;
}

type Hours = AuditHoursQuery['logins'];

/** Every hour of a period, those without events too, with both counts on one scale. */
export function barsOf(data: AuditHoursQuery, from: string, to: string) {
  const [logins, refusals] = [countsOf(data.logins), countsOf(data.refusals)];
  const highest = Math.max(1, ...logins.values(), ...refusals.values());
  const bars: Bar[] = [];
  for (let moment = Date.parse(from); moment < Date.parse(to); moment += HOUR_MILLISECONDS) {
    const [up, down] = [logins.get(moment) ?? 0, refusals.get(moment) ?? 0];
    const heights = { up: up / highest, down: down / highest };
    bars.push({ hour: new Date(moment).toISOString(), logins: up, refusals: down, ...heights });
  }
  return { bars, logins: sumOf(logins), refusals: sumOf(refusals) };
}

function countsOf(hours: Hours): Map<number, number> {
  return new Map((hours ?? []).map(({ hour, count }) => [Date.parse(hour), count]));
}

function sumOf(counts: Map<number, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
