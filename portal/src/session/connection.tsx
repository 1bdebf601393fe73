import { useEffect } from 'react';
import { askAgain, client } from '../api/client';
import { clearUp, useWeather } from '../api/connection-state';
import { StartDocument } from '../generated/graphql';
import { words } from '../words';

const TRY_EVERY_MILLISECONDS = 3000;

/** Says that the server does not answer, keeps trying, and asks again for what was missed. */
export function Connection() {
  const isLost = useWeather() === 'NO_CONNECTION';
  useEffect(() => {
    if (!isLost) return;
    const knock = async () => {
      const { data } = await client.query(StartDocument, {}, { requestPolicy: 'network-only' }).toPromise();
      if (data) askAgain(clearUp());
    };
    const clock = setInterval(() => void knock(), TRY_EVERY_MILLISECONDS);
    const listen = () => void knock();
    window.addEventListener('online', listen);
    return () => {
      clearInterval(clock);
      window.removeEventListener('online', listen);
    };
  }, [isLost]);
  return isLost ? (
    <div className="connection" role="status">
      {words.connection.lost}
    </div>
  ) : null;
}
