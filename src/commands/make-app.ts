import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../app/app.module.js';
import { configureApp, webServerOf } from '../app/index.js';
import { StructuredLogger } from '../common/runtime/structured-logger.js';
import { Environment } from '../config/env.js';
import { loadArgon2 } from '../users/passwords/index.js';

/** A web server whose application is still to be made. */
export interface OpenedServer {
  readonly server: FastifyAdapter;
  readonly logger: StructuredLogger;
}

/**
 * Makes the web server, whose log is that of the process from here on.
 *
 * @param worker the number of this process among the workers
 */
export function openServer(environment: Environment, worker?: number): OpenedServer {
  const server = webServerOf(environment, undefined, worker);
  const logger = new StructuredLogger(server.getInstance().log);
  Logger.overrideLogger(logger);
  return { server, logger };
}

/**
 * Checks that passwords can be hashed, before anything is made.
 *
 * @throws {NativeModuleUnusable} if not
 */
export function demandHashes(): void {
  loadArgon2();
}

/**
 * Makes the application, which is ready to listen.
 *
 * @throws {EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export async function makeApp(environment: Environment, opened: OpenedServer): Promise<NestFastifyApplication> {
  const options = { logger: opened.logger, abortOnError: false };
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(environment), opened.server, options);
  await configureApp(app, environment);
  return app;
}
