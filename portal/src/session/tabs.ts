import { basePath } from '../api/base-path';

type SessionEvent = 'LOGGED_IN' | 'LOGGED_OUT';

/** Another installation below another path of this origin has sessions of its own. */
const channel = new BroadcastChannel(`mooring-session${basePath}`);

/** Announces a login or logout to the other tabs of this browser, which share the session. */
export function tellOtherTabs(event: SessionEvent): void {
  channel.postMessage(event);
}

/** Calls back when another tab has logged in or out. Returns the function that unsubscribes. */
export function onOtherTab(callback: (event: SessionEvent) => void): () => void {
  const listen = ({ data }: MessageEvent<SessionEvent>) => callback(data);
  channel.addEventListener('message', listen);
  return () => channel.removeEventListener('message', listen);
}
