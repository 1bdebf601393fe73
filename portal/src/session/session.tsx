import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { type Client, useClient } from 'urql';
import { refusalOf, type Refusal } from '../api/refusal';
import { sessionHasEnded } from '../api/connection-state';
import { type MyselfFragment, StartDocument, type StartQuery } from '../generated/graphql';
import { safePath } from '../routing/location';
import { onOtherTab, tellOtherTabs } from './tabs';

type LoginOptions = StartQuery['loginOptions'];

/** Who is logged in, and what a login page has to know. */
export interface Session {
  /** Undefined until it is known; null where nobody is logged in. */
  readonly me: MyselfFragment | null | undefined;
  readonly options: LoginOptions | undefined;
  readonly refusal: Refusal | undefined;
  readonly start: () => Promise<MyselfFragment | null | undefined>;
  readonly begun: (me: MyselfFragment) => void;
}

const SessionContext = createContext<Session | undefined>(undefined);

/** The session of this browser. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('A screen stands outside of the session.');
  return session;
}

/** Who is logged in, on the screens that nobody else sees. */
export function useMe(): MyselfFragment {
  const { me } = useSession();
  if (!me) throw new Error('This screen is for people who are logged in.');
  return me;
}

function returnTo(): string {
  const query = new URLSearchParams(location.search);
  return location.pathname === '/' ? safePath(query.get('returnTo')) : location.pathname + location.search;
}

interface Started {
  readonly data: StartQuery | undefined;
  readonly refusal: Refusal | undefined;
}

async function ask(client: Client): Promise<Started> {
  const asked = client.query(StartDocument, { returnTo: returnTo() }, { requestPolicy: 'network-only' });
  const { data, error } = await asked.toPromise();
  return { data, refusal: refusalOf(error) };
}

/** Finds out once who is logged in, and hears of it when another tab changes that. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const [me, setMe] = useState<MyselfFragment | null>();
  const [options, setOptions] = useState<LoginOptions>();
  const [refusal, setRefusal] = useState<Refusal>();

  const keep = useCallback(({ data, refusal: why }: Started) => {
    setRefusal(why);
    if (!data) return undefined;
    setOptions(data.loginOptions);
    // Who has typed something here stays the owner of the page, until somebody logs in again.
    setMe((before) => (before && !data.me ? before : data.me));
    return data.me;
  }, []);
  const start = useCallback(() => ask(client).then(keep), [client, keep]);

  useEffect(() => {
    void ask(client).then(keep);
  }, [client, keep]);

  useEffect(() => followOtherTabs(me, start), [me, start]);

  const begun = useCallback((somebody: MyselfFragment) => {
    setMe(somebody);
    tellOtherTabs('LOGGED_IN');
  }, []);
  const session = useMemo(() => ({ me, options, refusal, start, begun }), [me, options, refusal, start, begun]);
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** A page of somebody keeps what was typed into it; a page of nobody follows the other tab in. */
function followOtherTabs(me: Session['me'], start: Session['start']): () => void {
  const lookAgain = async () => {
    if (document.visibilityState !== 'visible' || !me) return;
    if ((await start()) === null) sessionHasEnded();
  };
  const listen = () => void lookAgain();
  document.addEventListener('visibilitychange', listen);
  const deafen = onOtherTab((what) => {
    if (what === 'LOGGED_OUT' && me) sessionHasEnded();
    if (what === 'LOGGED_IN' && me === null) void start();
  });
  return () => {
    document.removeEventListener('visibilitychange', listen);
    deafen();
  };
}
