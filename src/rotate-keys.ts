import { DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { hostname } from 'node:os';
import { AuditActorKind, AuditOutcome } from './audit/audit-event.js';
import { AuditModule } from './audit/audit.module.js';
import { AuditService } from './audit/audit.service.js';
import { ConfigModule } from './config/config.module.js';
import { Environment, readEnvironment } from './config/env.js';
import { dataSourceOptionsOf } from './database/data-source-options.js';
import { openDataSource } from './database/open-data-source.js';
import { SigningKeysModule } from './registry/signing-keys.module.js';
import { SigningKeys } from './registry/signing-keys.service.js';
import { SettingsModule } from './settings/settings.module.js';
import { SettingsService } from './settings/settings.service.js';

/** The part of the application that a change of keys needs, beside servers that may be running. */
@Module({})
class KeysModule {
  static with(environment: Environment): DynamicModule {
    const database = TypeOrmModule.forRootAsync({
      useFactory: () => ({ ...dataSourceOptionsOf(environment), retryAttempts: 1 }),
      dataSourceFactory: () => openDataSource(environment),
    });
    const imports = [ConfigModule.with(environment), database, SettingsModule, AuditModule, SigningKeysModule];
    return { module: KeysModule, imports };
  }
}

/** A key that was added. */
export interface RotatedKeys {
  readonly kid: string;
  readonly signsFrom: Date;
  /** The ids of all keys that are published now, newest first. */
  readonly published: readonly string[];
}

/**
 * Adds a key for registry tokens to the database that the environment names; servers that run know it at their next token.
 *
 * @param minutesAhead in how many minutes it begins to sign
 * @throws {InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export async function rotateKeys(minutesAhead: number): Promise<RotatedKeys> {
  const options = { logger: ['error' as const], abortOnError: false };
  const app = await NestFactory.createApplicationContext(KeysModule.with(readEnvironment()), options);
  try {
    await app.get(SettingsService).catchUp();
    const keys = app.get(SigningKeys);
    const { id, jwk, signsFrom } = await keys.rotate(minutesAhead);
    await app.get(AuditService).write({
      action: 'signing_key.rotate',
      actor: { kind: AuditActorKind.SYSTEM, id: null },
      target: { type: 'signing_key', id, label: jwk.kid },
      ...{ outcome: AuditOutcome.SUCCEEDED, reason: null, remoteAddress: hostname().slice(0, 64), requestId: null },
    });
    return { kid: jwk.kid, signsFrom, published: (await keys.publishedNow()).map((key) => key.jwk.kid) };
  } finally {
    await app.close();
  }
}
