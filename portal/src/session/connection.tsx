import { useEffect } from 'react';
import { refetchAll, client } from '../api/client';
import { reconnect, useConnectionState } from '../api/connection-state';
import { StartDocument } from '../generated/graphql';
import { words } from '../words';

const RETRY_INTERVAL_MILLISECONDS = 3000;

/** Tells the user that the server is not responding, keeps retrying, and then repeats the queries that failed. */
export function ConnectionNotice() {
  const isLost = useConnectionState() === 'NO_CONNECTION';
  useEffect(() => {
    if (!isLost) return;
    const retry = async () => {
      const { data } = await client.query(StartDocument, {}, { requestPolicy: 'network-only' }).toPromise();
      if (data) refetchAll(reconnect());
    };
    const timer = setInterval(() => void retry(), RETRY_INTERVAL_MILLISECONDS);
    const onOnline = () => void retry();
    window.addEventListener('online', onOnline);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', onOnline);
    };
  }, [isLost]);
  // There from the start, or else a screen reader would not announce it.
  return <div role="status">{isLost && <div className="connection">{words.connection.lost}</div>}</div>;
}
