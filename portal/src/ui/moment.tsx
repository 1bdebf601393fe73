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

/** How far a moment is away, in words, such as "in 4 minutes". */
export function distance(moment: string, now = Date.now()): string {
  const seconds = (Date.parse(moment) - now) / 1000;
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return RELATIVE.format(Math.round(seconds / size), unit);
  }
  return RELATIVE.format(Math.round(seconds), 'second');
}

/** Date and time as they are written where the reader lives. */
export function dateAndTime(moment: string): string {
  return DATE_AND_TIME.format(new Date(moment));
}

/** A moment on the axis of a chart: the time of day, or the day where the whole is longer than that. */
export function tick(moment: number, isWithinADay: boolean): string {
  return (isWithinADay ? TIME : DAY).format(moment);
}

/** A moment in words, with date and time for who asks. */
export function Moment({ at }: { at: string | null | undefined }) {
  if (!at) return <>{words.never}</>;
  return (
    <time dateTime={at} title={dateAndTime(at)}>
      {distance(at)}
    </time>
  );
}
