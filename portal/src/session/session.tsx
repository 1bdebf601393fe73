import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { type Client, useClient } from 'urql';
import { refusalOf, type Refusal } from '../api/refusal';
import { reportSessionEnded } from '../api/connection-state';
import { type MyselfFragment, StartDocument, type StartQuery } from '../generated/graphql';
import { here, safePath } from '../routing/location';
import { refusalAt } from '../routing/page-refusal';
import { onOtherTab, tellOtherTabs } from './tabs';

type LoginOptions = StartQuery['loginOptions'];

/** The logged-in user, and the login options. */
export interface Session {
  /** The logged-in user: undefined while loading, null if nobody is logged in. */
  readonly me: MyselfFragment | null | undefined;
  readonly options: LoginOptions | undefined;
  readonly refusal: Refusal | undefined;
  /** Fetches the session again; resolves to the logged-in user. */
  readonly reload: () => Promise<MyselfFragment | null | undefined>;
  /** Stores the user after a login, and tells the other tabs. */
  readonly recordLogin: (me: MyselfFragment) => void;
}

const SessionContext = createContext<Session | undefined>(undefined);

/** The session of this browser. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('There is no SessionProvider above this component.');
  return session;
}

/** The logged-in user, for screens that require a login. */
export function useMe(): MyselfFragment {
  const { me } = useSession();
  if (!me) throw new Error('This screen requires a login.');
  return me;
}

function returnTo(): string {
  // Nobody wants to come back to an error, such as a callback that was refused.
  if (refusalAt(here())) return safePath(null);
  const { pathname, searchParams } = new URL(here(), location.origin);
  return pathname === '/' ? safePath(searchParams.get('returnTo')) : here();
}

interface SessionAnswer {
  readonly data: StartQuery | undefined;
  readonly refusal: Refusal | undefined;
}

async function fetchSession(client: Client): Promise<SessionAnswer> {
  const query = client.query(StartDocument, { returnTo: returnTo() }, { requestPolicy: 'network-only' });
  const { data, error } = await query.toPromise();
  return { data, refusal: refusalOf(error) };
}

/** Fetches the session once, and again when another tab logs in or out. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const [me, setMe] = useState<MyselfFragment | null>();
  const [options, setOptions] = useState<LoginOptions>();
  const [refusal, setRefusal] = useState<Refusal>();

  const store = useCallback(({ data, refusal: why }: SessionAnswer) => {
    setRefusal(why);
    if (!data) return undefined;
    setOptions(data.loginOptions);
    // The page stays with its user, because of unsaved input, until somebody logs in again.
    setMe((before) => (before && !data.me ? before : data.me));
    return data.me;
  }, []);
  const reload = useCallback(() => fetchSession(client).then(store), [client, store]);

  useEffect(() => {
    void fetchSession(client).then(store);
  }, [client, store]);

  useEffect(() => followOtherTabs(me, reload), [me, reload]);

  const recordLogin = useCallback((user: MyselfFragment) => {
    setMe(user);
    tellOtherTabs('LOGGED_IN');
  }, []);
  const session = useMemo(
    () => ({ me, options, refusal, reload, recordLogin }),
    [me, options, refusal, reload, recordLogin],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Follows logins and logouts in other tabs. A page with a logged-in user is kept, because of unsaved input. */
function followOtherTabs(me: Session['me'], reload: Session['reload']): () => void {
  const recheck = async () => {
    if (document.visibilityState !== 'visible' || !me) return;
    if ((await reload()) === null) reportSessionEnded();
  };
  const onVisible = () => void recheck();
  document.addEventListener('visibilitychange', onVisible);
  const unsubscribe = onOtherTab((event) => {
    if (event === 'LOGGED_OUT' && me) reportSessionEnded();
    if (event === 'LOGGED_IN' && me === null) void reload();
  });
  return () => {
    document.removeEventListener('visibilitychange', onVisible);
    unsubscribe();
  };
}
