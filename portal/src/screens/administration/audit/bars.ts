import type { AuditHoursQuery } from '../../../generated/graphql';

const HOUR_MILLISECONDS = 3_600_000;
const TICKS = 4;
const HOURS_OF_A_DAY = 24;

/** One hour of the chart. */
export interface Bar {
  readonly hour: string;
  readonly logins: number;
  readonly refusals: number;
}

type Hours = AuditHoursQuery['logins'];

/** One bar for every hour of a period, including hours without events, with total and maximum of both counts. */
export function barsOf(data: AuditHoursQuery, from: string, to: string) {
  const [logins, refusals] = [countsOf(data.logins), countsOf(data.refusals)];
  const bars: Bar[] = [];
  for (let moment = Date.parse(from); moment < Date.parse(to); moment += HOUR_MILLISECONDS) {
    const hour = new Date(moment).toISOString();
    bars.push({ hour, logins: logins.get(moment) ?? 0, refusals: refusals.get(moment) ?? 0 });
  }
  return { bars, logins: sizeOf(logins), refusals: sizeOf(refusals) };
}

/** Equally spaced times for the axis of a period, starting at its beginning. */
export function ticksOf(from: string, to: string): { readonly moment: number; readonly isWithinADay: boolean }[] {
  const [begin, whole] = [Date.parse(from), Date.parse(to) - Date.parse(from)];
  const isWithinADay = whole <= HOURS_OF_A_DAY * HOUR_MILLISECONDS;
  return Array.from({ length: TICKS }, (_, at) => ({ moment: begin + (whole * at) / TICKS, isWithinADay }));
}

function countsOf(hours: Hours): Map<number, number> {
  return new Map((hours ?? []).map(({ hour, count }) => [Date.parse(hour), count]));
}

function sizeOf(counts: Map<number, number>): { readonly total: number; readonly highest: number } {
  const all = [...counts.values()];
  return { total: all.reduce((sum, count) => sum + count, 0), highest: Math.max(0, ...all) };
}
