import { DynamicModule, INestApplicationContext, Module, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { hostname } from 'node:os';
import { AuditActorKind, AuditEntry } from '../audit/index.js';
import { AuditModule } from '../audit/audit.module.js';
import { ConfigModule } from '../config/config.module.js';
import { Environment, readEnvironment } from '../config/env.js';
import { dataSourceOptionsOf, openDataSource } from '../database/index.js';
import { SettingsModule } from '../settings/settings.module.js';

/** The part of the application that a command needs; servers may be running at the same time. */
@Module({})
class CommandModule {
  static with(environment: Environment, parts: readonly Type[]): DynamicModule {
    const database = TypeOrmModule.forRootAsync({
      useFactory: () => ({ ...dataSourceOptionsOf(environment), retryAttempts: 1 }),
      dataSourceFactory: () => openDataSource(environment),
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
 * Runs a command on the database that the environment names.
 *
 * @param parts the modules that it needs in addition to settings and audit log
 * @throws {InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export async function inCommandContext<T>(
  parts: readonly Type[],
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const options = { logger: ['error' as const], abortOnError: false };
  const app = await NestFactory.createApplicationContext(CommandModule.with(readEnvironment(), parts), options);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** The actor of a command in the audit log: the machine that it runs on. */
export const BY_THIS_MACHINE: Pick<AuditEntry, 'actor' | 'reason' | 'remoteAddress' | 'requestId'> = {
  actor: { kind: AuditActorKind.SYSTEM, id: null },
  ...{ reason: null, remoteAddress: hostname().slice(0, 64), requestId: null },
};
