import { useSyncExternalStore } from 'react';
import type { Operation, OperationResult } from 'urql';
import { NO_CONNECTION, refusalOf } from './refusal';

/** The state of the connection between this page and the server. */
export type ConnectionState = 'CONNECTED' | 'NO_CONNECTION' | 'SESSION_ENDED';

let state: ConnectionState = 'CONNECTED';
const failedQueries = new Map<number, Operation>();
const listeners = new Set<() => void>();

function setState(next: ConnectionState): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

/** Reads from each result whether the connection or the session is lost, and keeps failed queries to be sent again. */
export function observeResult(result: OperationResult): void {
  const code = refusalOf(result.error)?.code;
  const isLost = code === NO_CONNECTION || code === 'UNAUTHENTICATED';
  if (isLost && result.operation.kind === 'query') failedQueries.set(result.operation.key, result.operation);
  if (code === 'UNAUTHENTICATED') setState('SESSION_ENDED');
  else if (code === NO_CONNECTION && state === 'CONNECTED') setState('NO_CONNECTION');
  else if (code !== NO_CONNECTION && state === 'NO_CONNECTION') setState('CONNECTED');
}

/** Reports that the session has ended, where that is known from another source than a result. */
export function reportSessionEnded(): void {
  setState('SESSION_ENDED');
}

/** Sets the state back to connected, and returns the queries that failed in between, to be sent again. */
export function reconnect(): Operation[] {
  const failed = [...failedQueries.values()];
  failedQueries.clear();
  setState('CONNECTED');
  return failed;
}

/** The current state of the connection. */
export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}
