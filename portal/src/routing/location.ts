import { useSyncExternalStore } from 'react';

type MayLeave = () => Promise<boolean>;

const listeners = new Set<() => void>();
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
  for (const listener of listeners) listener();
}

/** The address has already changed when the browser fires popstate: with unsaved changes it is first restored, then the user is asked. */
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

/** The current path with its query. */
export function useLocation(): URL {
  const path = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  return new URL(path, location.origin);
}

/** Shows another screen, unless the user decides to stay on one with unsaved changes. */
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

/** Asks before the screen is left. Returns the function that stops this. */
export function askBeforeLeaving(mayLeave: MayLeave): () => void {
  const warn = (event: BeforeUnloadEvent) => event.preventDefault();
  guard = mayLeave;
  window.addEventListener('beforeunload', warn);
  return () => {
    if (guard === mayLeave) guard = undefined;
    window.removeEventListener('beforeunload', warn);
  };
}

/** A path of this origin, from untrusted text; `/profile` if it is not valid. */
export function safePath(wanted: string | null): string {
  if (!wanted || !/^\/(?![/\\])/.test(wanted)) return '/profile';
  const there = new URL(wanted, location.origin);
  const isHere = there.origin === location.origin && there.pathname !== '/';
  return isHere ? there.pathname + there.search : '/profile';
}
