import { useSyncExternalStore } from 'react';
import { withBasePath, withoutBasePath } from '../api/base-path';

type MayLeave = () => Promise<boolean>;

const listeners = new Set<() => void>();
let guard: MayLeave | undefined;
let isReturning = false;
let index = indexOf(history.state);
let shown = here();

/** The current path with its query, without the base path. */
export function here(): string {
  return withoutBasePath(location.pathname) + location.search;
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

/** The current path with its query, without the base path; it is kept up to date. */
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

/** Shows another screen, by its path with the base path or without it, unless the user decides to stay on one with unsaved changes. */
export async function navigate(to: string, { replace = false } = {}): Promise<void> {
  const next = new URL(withoutBasePath(to), location.origin);
  if (next.pathname !== withoutBasePath(location.pathname)) {
    if (guard && !(await guard())) return;
    guard = undefined;
  }
  const isSame = next.pathname + next.search === here();
  const address = withBasePath(next.pathname + next.search + next.hash);
  if (replace || isSame) history.replaceState({ index }, '', address);
  else history.pushState({ index: index + 1 }, '', address);
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

/** Begins a path of this origin, and not another host. */
const PATH = /^\/(?![/\\])/;

/** A path of ours, without the base path, from untrusted text; `/profile` if it is not valid. */
export function safePath(wanted: string | null): string {
  if (!wanted || !PATH.test(wanted)) return '/profile';
  const there = new URL(wanted, location.origin);
  const path = withoutBasePath(there.pathname);
  const isHere = there.origin === location.origin && PATH.test(path) && path !== '/';
  return isHere ? path + there.search : '/profile';
}
