import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../app/app.module.js';
import { StructuredLogger } from '../common/runtime/structured-logger.js';
import { egressInWords } from '../common/network/egress-proxy.js';
import { loadDotEnv } from '../config/dot-env.js';
import { Environment, readEnvironment } from '../config/env.js';
import { environmentAdvice } from '../config/environment-advice.js';
import { publicAddressOf } from '../config/public-urls.js';
import { realmProblems } from '../config/token-realm.js';
import { nodeAdvice } from '../config/node-support.js';
import { hasDatabaseFile, lockForServer } from '../database/index.js';
import { loadArgon2 } from '../users/passwords/index.js';
import { configureApp, webServerOf } from '../app/index.js';
import { demandAddress, listenAt } from './listen.js';

const STOP_WITHIN_SECONDS = 9;
const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** A response that hangs must not keep the process from ending. */
function endInTime(): void {
  setTimeout(() => process.exit(1), STOP_WITHIN_SECONDS * 1000).unref();
}

/** Waits for the lock on the database; a signal meanwhile ends the process at once, for nothing is open yet. */
async function waitForLock(environment: Environment): Promise<void> {
  const end = () => process.exit(0);
  for (const signal of STOP_SIGNALS) process.once(signal, end);
  await lockForServer(environment);
  for (const signal of STOP_SIGNALS) process.off(signal, end);
}

/**
 * Starts the server as the environment says; it ends at SIGTERM or SIGINT, within ten seconds.
 *
 * @throws {InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export async function startServer(): Promise<void> {
  for (const signal of STOP_SIGNALS) process.once(signal, endInTime);
  loadDotEnv();
  const environment = readEnvironment();
  const server = webServerOf(environment);
  const { log } = server.getInstance();
  const advice = nodeAdvice(process.versions.node, new Date());
  for (const warning of [...(advice ? [advice] : []), ...environmentAdvice(process.env)]) log.warn(warning);
  const egress = egressInWords(environment.egress);
  if (egress !== null) log.info(egress);
  const logger = new StructuredLogger(log);
  Logger.overrideLogger(logger);
  loadArgon2();
  await demandAddress(environment, await hasDatabaseFile(environment));
  await waitForLock(environment);
  // The server that has had the lock may have had the port, too.
  await demandAddress(environment, false);
  const options = { logger, abortOnError: false };
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(environment), server, options);
  await configureApp(app, environment);
  await listenAt(environment, () => app.listen(environment.port, environment.host));
  log.info(`Mooring listens on port ${environment.port}; its public URL is ${publicAddressOf(environment)}.`);
  for (const { detail, remedy } of await realmProblems(environment)) log.warn(`${detail} ${remedy}`);
}
