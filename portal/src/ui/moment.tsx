import { words } from '../words';

const DATE_AND_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const RELATIVE = new Intl.RelativeTimeFormat(words.locale, { numeric: 'auto' });
const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** The time relative to now, such as "in 4 minutes". */
export function relativeTime(moment: string, now = Date.now()): string {
  const seconds = (Date.parse(moment) - now) / 1000;
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return RELATIVE.format(Math.round(seconds / size), unit);
  }
  return RELATIVE.format(Math.round(seconds), 'second');
}

/** Date and time in the format of the browser's locale. */
export function dateAndTime(moment: string): string {
  return DATE_AND_TIME.format(new Date(moment));
}

/** A label on the axis of a chart: the time of day, or the date if the chart covers more than a day. */
export function axisLabel(moment: number, isWithinADay: boolean): string {
  return (isWithinADay ? TIME : DAY).format(moment);
}

/** A relative time, with date and time as its tooltip. */
export function Moment({ at }: { at: string | null | undefined }) {
  if (!at) return <>{words.never}</>;
  return (
    <time dateTime={at} title={dateAndTime(at)}>
      {relativeTime(at)}
    </time>
  );
}
