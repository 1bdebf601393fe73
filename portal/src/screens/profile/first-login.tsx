import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { OwnSecretUseDocument, type SecretFragment } from '../../generated/graphql';
import { Notice } from '../../ui/notice';
import { words } from '../../words';

const LOOK_EVERY_MS = 3_000;
/** Each look keeps the session from ending as idle, so a page that is left open must not look for ever. */
const LOOK_FOR_MS = 10 * 60_000;

interface FirstLoginProps {
  readonly secret: SecretFragment;
  /** The secret was used, replaced or revoked. */
  readonly onChange: () => void;
}

/** Waits for the first use of a secret that was never used, and says when it happens; nothing for any other secret. */
export function FirstLogin({ secret, onChange }: FirstLoginProps) {
  const isUsed = secret.lastUsedAt !== null;
  const [wasWaiting] = useState(!isUsed);
  const isWaiting = !isUsed && secret.status === 'VALID';
  useChangeOf(secret, isWaiting, onChange);
  if (!wasWaiting || !(isUsed || isWaiting)) return null;
  return (
    <Notice kind={isUsed ? 'success' : 'info'}>{isUsed ? words.profile.firstLogin : words.profile.noLoginYet}</Notice>
  );
}

/** Asks for the use of the secret while the page is visible, for ten minutes from when it became so. */
function useChangeOf({ createdAt }: SecretFragment, isOn: boolean, onChange: () => void): void {
  const client = useClient();
  useEffect(() => {
    if (!isOn) return undefined;
    let until = Date.now() + LOOK_FOR_MS;
    const look = async () => {
      if (document.visibilityState !== 'visible' || Date.now() > until) return;
      const { data } = await client.query(OwnSecretUseDocument, {}, { requestPolicy: 'network-only' }).toPromise();
      // Without an answer, the next look asks again.
      if (data && (data.cliSecret?.createdAt !== createdAt || data.cliSecret.lastUsedAt)) onChange();
    };
    const onVisible = () => {
      until = Date.now() + LOOK_FOR_MS;
      void look();
    };
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [client, createdAt, isOn, onChange]);
}
