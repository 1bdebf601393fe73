import { Logger } from '@nestjs/common';
import type { WorkerProcess } from './worker-process.js';

/** The pause between two questions to a worker whether it still answers, in milliseconds. */
const ASK_EVERY_MS = 5_000;
/** A worker that leaves so many in a row unanswered is killed. */
const MOST_UNANSWERED = 6;

const logger = new Logger('Workers');

/** Asks a worker that listens, until it ends, whether it still answers; kills one that hangs, so that it is replaced. */
export async function watchForSilence(worker: WorkerProcess): Promise<void> {
  // Until it listens it may migrate the database, which can take long.
  if (!(await worker.listening)) return;
  // Questions are counted, not time: while the process that asks is held up itself, it hears nobody.
  let unanswered = 0;
  worker.onMessage(() => (unanswered = 0));
  const asking = setInterval(() => {
    if (unanswered++ < MOST_UNANSWERED) return worker.tell({ kind: 'ping' });
    clearInterval(asking);
    const { number } = worker;
    const seconds = (MOST_UNANSWERED * ASK_EVERY_MS) / 1000;
    logger.error({ worker: number }, `Worker ${number} has not answered for ${seconds} seconds; it is killed.`);
    worker.kill();
  }, ASK_EVERY_MS);
  await worker.ended;
  clearInterval(asking);
}
