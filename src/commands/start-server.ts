import { NestFactory } from '@nestjs/core';
import { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../app/app.module.js';
import { StructuredLogger } from '../common/runtime/structured-logger.js';
import { loadDotEnv } from '../config/dot-env.js';
import { readEnvironment } from '../config/env.js';
import { environmentAdvice } from '../config/environment-advice.js';
import { nodeAdvice } from '../config/node-support.js';
import { configureApp, webServerOf } from '../app/index.js';

const STOP_WITHIN_SECONDS = 9;

/** A response that hangs must not keep the process from ending. */
function endInTime(): void {
  setTimeout(() => process.exit(1), STOP_WITHIN_SECONDS * 1000).unref();
}

/**
 * Starts the server as the environment says; it ends at SIGTERM or SIGINT, within ten seconds.
 *
 * @throws {InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export async function startServer(): Promise<void> {
  process.once('SIGTERM', endInTime);
  process.once('SIGINT', endInTime);
  loadDotEnv();
  const environment = readEnvironment();
  const server = webServerOf(environment);
  const { log } = server.getInstance();
  const advice = nodeAdvice(process.versions.node, new Date());
  for (const warning of [...(advice ? [advice] : []), ...environmentAdvice(process.env)]) log.warn(warning);
  const options = { logger: new StructuredLogger(log), abortOnError: false };
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(environment), server, options);
  await configureApp(app, environment);
  await app.listen(environment.port, environment.host);
  log.info(`Mooring listens on port ${environment.port}; its public URL is ${environment.publicUrl.origin}.`);
}
