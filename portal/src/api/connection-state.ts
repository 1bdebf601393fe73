import { useSyncExternalStore } from 'react';
import type { Operation, OperationResult } from 'urql';
import { NO_CONNECTION, refusalOf } from './refusal';

/** How things stand between this page and the server. */
export type Weather = 'FAIR' | 'NO_CONNECTION' | 'SESSION_ENDED';

let weather: Weather = 'FAIR';
const waiting = new Map<number, Operation>();
const watchers = new Set<() => void>();

function turn(next: Weather): void {
  if (next === weather) return;
  weather = next;
  for (const watcher of watchers) watcher();
}

/** Notices in every answer whether the connection or the session is lost, and remembers what to ask again later. */
export function watchAnswers(result: OperationResult): void {
  const code = refusalOf(result.error)?.code;
  const isLost = code === NO_CONNECTION || code === 'UNAUTHENTICATED';
  if (isLost && result.operation.kind === 'query') waiting.set(result.operation.key, result.operation);
  if (code === 'UNAUTHENTICATED') turn('SESSION_ENDED');
  else if (code === NO_CONNECTION && weather === 'FAIR') turn('NO_CONNECTION');
  else if (code !== NO_CONNECTION && weather === 'NO_CONNECTION') turn('FAIR');
}

/** Says that the session has ended, where something else than an answer tells. */
export function sessionHasEnded(): void {
  turn('SESSION_ENDED');
}

/** Clears the sky; what failed meanwhile is handed out, to be asked again. */
export function clearUp(): Operation[] {
  const missed = [...waiting.values()];
  waiting.clear();
  turn('FAIR');
  return missed;
}

/** How things stand now. */
export function useWeather(): Weather {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => weather,
  );
}
