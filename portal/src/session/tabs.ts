type Told = 'LOGGED_IN' | 'LOGGED_OUT';

const channel = new BroadcastChannel('mooring-session');

/** Tells the other tabs of this browser, which share its session. */
export function tellOtherTabs(what: Told): void {
  channel.postMessage(what);
}

/** Hears what another tab did to the session they share. */
export function onOtherTab(hear: (what: Told) => void): () => void {
  const listen = ({ data }: MessageEvent<Told>) => hear(data);
  channel.addEventListener('message', listen);
  return () => channel.removeEventListener('message', listen);
}
