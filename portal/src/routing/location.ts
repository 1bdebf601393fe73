import { useSyncExternalStore } from 'react';

type MayLeave = () => Promise<boolean>;

const watchers = new Set<() => void>();
let guard: MayLeave | undefined;
let isReturning = false;
let index = indexOf(history.state);
let shown = here();

function here(): string {
  return location.pathname + location.search;
}

function indexOf(state: unknown): number {
  return typeof state === 'object' && state !== null && 'index' in state ? Number(state.index) : 0;
}

function announce(): void {
  index = indexOf(history.state);
  shown = here();
  for (const watcher of watchers) watcher();
}

/** The address bar has moved already when the browser tells of it: an unsaved form first moves it back, then asks. */
async function followBrowser(): Promise<void> {
  if (isReturning) return void (isReturning = false);
  const steps = indexOf(history.state) - index;
  if (!guard || steps === 0) return announce();
  isReturning = true;
  history.go(-steps);
  if (!(await guard())) return;
  guard = undefined;
  history.go(steps);
}

window.addEventListener('popstate', () => void followBrowser());

/** The path that is shown, with its query. */
export function useLocation(): URL {
  const path = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => shown,
  );
  return new URL(path, location.origin);
}

/** Shows another screen, unless one with unsaved changes is not to be left. */
export async function navigate(to: string, { replace = false } = {}): Promise<void> {
  const next = new URL(to, location.origin);
  if (next.pathname !== location.pathname) {
    if (guard && !(await guard())) return;
    guard = undefined;
  }
  const isSame = next.pathname + next.search === here();
  if (replace || isSame) history.replaceState({ index }, '', next);
  else history.pushState({ index: index + 1 }, '', next);
  if (!replace && next.pathname !== new URL(shown, location.origin).pathname) window.scrollTo(0, 0);
  announce();
}

/** Asks before the screen is left, until the returned function is called. */
export function askBeforeLeaving(mayLeave: MayLeave): () => void {
  const warn = (event: BeforeUnloadEvent) => event.preventDefault();
  guard = mayLeave;
  window.addEventListener('beforeunload', warn);
  return () => {
    if (guard === mayLeave) guard = undefined;
    window.removeEventListener('beforeunload', warn);
  };
}

/** A path of this installation, out of a text that anybody may have written; `/profile` where it is none. */
export function safePath(wanted: string | null): string {
  if (!wanted || !/^\/(?![/\\])/.test(wanted)) return '/profile';
  const there = new URL(wanted, location.origin);
  const isHere = there.origin === location.origin && there.pathname !== '/';
  return isHere ? there.pathname + there.search : '/profile';
}
