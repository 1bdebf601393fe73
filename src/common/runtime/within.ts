/**
 * Waits for work that goes on in any case, but no longer than that. (A timer of `node:timers/promises` would end by an abort,
 * whose signal and errors take longer than most work.)
 *
 * @returns whether the work ended in time
 * @throws the error of the work, if it fails in time
 */
export function isDoneWithin(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    work.then(
      () => {
        clearTimeout(timer);
        resolve(true);
      },
      (error: Error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
