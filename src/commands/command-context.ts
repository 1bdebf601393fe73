import { DynamicModule, INestApplicationContext, Module, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { hostname } from 'node:os';
import { DataSource } from 'typeorm';
import { AuditActorKind, AuditEntry } from '../audit/index.js';
import { AuditModule } from '../audit/audit.module.js';
import { ConfigModule } from '../config/config.module.js';
import { loadDotEnv } from '../config/dot-env.js';
import { Environment, readEnvironment } from '../config/env.js';
import { dataSourceOptionsOf, openExistingDatabase, placeOf } from '../database/index.js';
import { Installation, keySourceOf } from '../settings/installation.js';
import { SettingsModule } from '../settings/settings.module.js';

/** The part of the application that a command needs; servers may be running at the same time. */
@Module({})
class CommandModule {
  static with(environment: Environment, opened: DataSource, parts: readonly Type[]): DynamicModule {
    const database = TypeOrmModule.forRootAsync({
      useFactory: () => ({ ...dataSourceOptionsOf(environment), retryAttempts: 0 }),
      dataSourceFactory: () => Promise.resolve(opened),
    });
    // A command says itself what its targets are called.
    const audit = AuditModule.with([]);
    return {
      module: CommandModule,
      imports: [ConfigModule.with(environment), database, SettingsModule, audit, ...parts],
    };
  }
}

/**
 * Runs a command on the installation that the environment names, after it has said on stderr which database and which key
 * that is. Creates and migrates nothing.
 *
 * @param parts the modules that it needs in addition to settings and audit log
 * @throws {InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export async function inCommandContext<T>(
  parts: readonly Type[],
  work: (app: INestApplicationContext, environment: Environment) => Promise<T>,
): Promise<T> {
  const environment = commandEnvironment();
  await tellInstallation(environment);
  return inInstallation(environment, parts, work);
}

/**
 * The same where the environment was read, and the installation named, before.
 *
 * @throws {EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export async function inInstallation<T>(
  environment: Environment,
  parts: readonly Type[],
  work: (app: INestApplicationContext, environment: Environment) => Promise<T>,
): Promise<T> {
  const opened = await openExistingDatabase(environment);
  try {
    await Installation.open(opened, environment);
    const module = CommandModule.with(environment, opened, parts);
    const app = await NestFactory.createApplicationContext(module, { logger: ['error'], abortOnError: false });
    return await work(app, environment).finally(() => app.close());
  } finally {
    if (opened.isInitialized) await opened.destroy();
  }
}

/**
 * The environment of a command: that of the server, with the file `.env`.
 *
 * @throws {InvalidEnvironment}
 */
export function commandEnvironment(): Environment {
  loadDotEnv();
  return readEnvironment();
}

/** Says on stderr which database and which key a command works with. */
export async function tellInstallation(environment: Environment): Promise<void> {
  process.stderr.write(`Database: ${placeOf(environment.database)}\n`);
  process.stderr.write(`Encryption key: ${await keySourceOf(environment)}\n`);
}

/** The actor of a command in the audit log: the machine that it runs on. */
export const BY_THIS_MACHINE: Pick<AuditEntry, 'actor' | 'reason' | 'remoteAddress' | 'requestId'> = {
  actor: { kind: AuditActorKind.SYSTEM, id: null },
  ...{ reason: null, remoteAddress: hostname().slice(0, 64), requestId: null },
};
