import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { StructuredLogger } from './common/structured-logger.js';
import { InvalidEnvironment, readEnvironment } from './config/env.js';
import { configureApp, webServerOf } from './configure-app.js';
import { DatabaseUnusable } from './database/database.errors.js';
import { EncryptionKeyUnusable } from './settings/settings.errors.js';

const STOP_WITHIN_SECONDS = 9;

async function start(): Promise<void> {
  const environment = readEnvironment();
  const server = webServerOf(environment);
  const options = { logger: new StructuredLogger(server.getInstance().log), abortOnError: false };
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(environment), server, options);
  await configureApp(app, environment);
  await app.listen(environment.port, environment.host);
  server
    .getInstance()
    .log.info(`Mooring listens on port ${environment.port}; people find it at ${environment.publicUrl.origin}.`);
}

/** What an operator can mend is told in words, without a stack. */
function isForeseen(error: unknown): error is Error {
  return [InvalidEnvironment, EncryptionKeyUnusable, DatabaseUnusable].some((kind) => error instanceof kind);
}

/** An answer that hangs must not keep the process from ending. */
function endInTime(): void {
  setTimeout(() => process.exit(1), STOP_WITHIN_SECONDS * 1000).unref();
}

process.once('SIGTERM', endInTime);
process.once('SIGINT', endInTime);

start().catch((error: unknown) => {
  process.stderr.write(`${isForeseen(error) ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(1);
});
