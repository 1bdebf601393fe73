import { useSyncExternalStore } from 'react';
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

/** From the future side, clocks of browser and server differ by as much; from the past, nobody counts such seconds. */
const JUST_NOW_SECONDS = { past: 10, future: 1 };

/** The time relative to now, such as "in 4 minutes". */
export function relativeTime(moment: string, now = Date.now()): string {
  const seconds = (Date.parse(moment) - now) / 1000;
  if (seconds > -JUST_NOW_SECONDS.past && seconds <= JUST_NOW_SECONDS.future) return words.justNow;
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

const TICK_MILLISECONDS = 1000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for all times on the page; none while there are none. */
function onTick(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((tell) => tell()), TICK_MILLISECONDS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The relative time, which goes on as time passes; the element is rendered again only when its words change. */
export function useRelativeTime(at: string): string {
  return useSyncExternalStore(onTick, () => relativeTime(at));
}

/** Whether a moment has passed, which becomes true when it does. */
export function useHasPassed(at: string | null): boolean {
  return useSyncExternalStore(onTick, () => at !== null && Date.parse(at) < Date.now());
}

/** A relative time, with date and time as its tooltip. */
export function Moment({ at }: { at: string | null | undefined }) {
  if (!at) return <>{words.never}</>;
  return <Time at={at} />;
}

function Time({ at }: { at: string }) {
  return (
    <time dateTime={at} title={dateAndTime(at)}>
      {useRelativeTime(at)}
    </time>
  );
}
