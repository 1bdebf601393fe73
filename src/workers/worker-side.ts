import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import type { MetricValues } from '../health/index.js';
import type { FromWorker, ToWorker } from './messages.js';

/** For how long a worker with a successor waits for the next request of each open connection, in milliseconds. */
const LAST_REQUESTS_MS = 1_000;

/** Where a worker listens. */
interface Places {
  readonly server: Server;
  /** The addresses beside the server's own; their connections are the server's. */
  readonly more: { close(): void };
}

/** The metrics of a worker. */
interface OwnMetrics {
  values(): Promise<readonly MetricValues[]>;
  sumBy(sum: () => Promise<string>): void;
}

function tell(message: FromWorker): void {
  process.send?.(message);
}

/**
 * Says that this worker listens, and does from then on what it is told: gives its metrics and signs of
 * life, and ends when it has a successor.
 *
 * @param places the web server, with all its addresses
 * @param metrics what `/metrics` shows; from here on, the sum of all workers
 */
export function joinPool(places: Places, metrics: OwnMetrics): void {
  const questions = new Map<number, (text: string) => void>();
  let asked = 0;
  metrics.sumBy(
    () =>
      new Promise((resolve) => {
        questions.set(++asked, resolve);
        tell({ kind: 'all-metrics', question: asked });
      }),
  );
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'end-after-successor') endAfterSuccessor(places);
    else if (message.kind === 'ping') tell({ kind: 'pong' });
    else if (message.kind === 'metrics')
      void metrics.values().then((values) => tell({ kind: 'metrics', metrics: values }));
    else {
      questions.get(message.question)?.(message.text);
      questions.delete(message.question);
    }
  });
  tell({ kind: 'listens' });
}

/**
 * Ends this worker so that no client notices: it takes no more connections, and closes each open one with the answer to its
 * next request, because a request may be on its way on any of them.
 */
function endAfterSuccessor({ server, more }: Places): void {
  server.prependListener('request', (_request, response) => void (response.shouldKeepAlive = false));
  // The web server's own way to close would cut connections that are idle at the moment (Node, `server.close`).
  NetServer.prototype.close.call(server);
  more.close();
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), LAST_REQUESTS_MS);
}
