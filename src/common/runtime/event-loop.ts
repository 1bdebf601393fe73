let turn: Promise<void> | undefined;

/**
 * The next turn of the event loop, one promise for all who wait for it. Whatever arrived in one turn then goes on
 * together, each step of one right after the same step of another.
 */
export function yieldToEventLoop(): Promise<void> {
  turn ??= new Promise((resolve) => {
    setImmediate(() => {
      turn = undefined;
      resolve();
    });
  });
  return turn;
}
