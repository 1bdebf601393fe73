import { Logger } from '@nestjs/common';
import cluster from 'node:cluster';
import { extname, join } from 'node:path';
import { JsonLogger } from '../common/runtime/json-logger.js';
import { logOutput } from '../common/runtime/log-output.js';
import { Environment } from '../config/env.js';
import { publicAddressOf } from '../config/public-urls.js';
import { realmProblems } from '../config/token-realm.js';
import { hasDatabaseFile } from '../database/lock/index.js';
import { closeUntaken, GatheredMetrics, watchForSilence, WorkerPool, WorkerProcess } from '../workers/index.js';
import { adviseOperator, StartLog } from './advise-operator.js';
import { demandAddress } from './listen.js';
import { STOP_SIGNALS, waitForLock } from './stop-signals.js';
import { StopLog, tellStop } from './tell-stop.js';

/** What a worker runs: the file beside this one, built or not. */
const WORKER = join(import.meta.dirname, `worker${extname(import.meta.filename)}`);

/**
 * Starts the workers of a server, and stays as the process that keeps them: it holds the lock of the database and the port,
 * replaces a worker that ends or hangs, restarts all of them at SIGHUP, and ends with them.
 *
 * @throws {InvalidEnvironment} {@link DatabaseUnusable}
 */
export async function startWorkers(environment: Environment): Promise<void> {
  Logger.overrideLogger(new JsonLogger(environment.logLevel, logOutput));
  const log = logOf(new Logger('Workers'));
  const pool = poolOf(environment);
  obeySignals(pool);
  adviseOperator(environment, log);
  tellStop(log);
  await demandAddress(environment, await hasDatabaseFile(environment));
  await waitForLock(environment);
  await demandAddress(environment, false);
  const isOpen = await pool.open();
  if (pool.isStopping) return;
  // The first worker has said why.
  if (!isOpen) process.exit(1);
  const { port, workers } = environment;
  log.info(
    `Mooring listens on port ${port} with ${workers} workers; its public URL is ${publicAddressOf(environment)}.`,
  );
  for (const { detail, remedy } of await realmProblems(environment)) log.warn(`${detail} ${remedy}`);
}

/** A logger with the methods of the web server's. */
function logOf(logger: Logger): StartLog & StopLog {
  return {
    info: (...line: [unknown, string?]) => logger.log(...line),
    warn: (text) => logger.warn(text),
    error: (fields, text) => logger.error(fields, text),
  };
}

function poolOf({ workers }: Environment): WorkerPool {
  const metrics = new GatheredMetrics(() => pool.listening);
  const start = (number: number) => {
    cluster.setupPrimary({ exec: WORKER, args: [String(number)] });
    const forked = cluster.fork();
    closeUntaken(forked);
    const worker = new WorkerProcess(number, forked);
    metrics.watch(worker);
    void watchForSilence(worker);
    return worker;
  };
  const pool: WorkerPool = new WorkerPool(start, workers);
  void pool.failed.then(() => {
    process.stderr.write('No worker could be started: see what each of them has said above.\n');
    process.exit(1);
  });
  return pool;
}

function obeySignals(pool: WorkerPool): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) {
      pool.kill();
      process.exit(1);
    }
    isStopping = true;
    void pool.stop().then((isClean) => process.exit(isClean ? 0 : 1));
  };
  for (const signal of STOP_SIGNALS) process.on(signal, stop);
  process.on('SIGHUP', () => void pool.restart());
}
