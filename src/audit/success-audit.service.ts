import { BeforeApplicationShutdown, Inject, Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { yieldToEventLoop } from '../common/runtime/event-loop.js';
import { Clock } from '../common/runtime/clock.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { AuditActorKind, AuditOutcome } from './audit-event.js';
import { AUDIT_LABELS, AuditLabelSource } from './audit-labels.js';
import { AuditTelemetry } from './audit-telemetry.service.js';
import { readLabels } from './audit.statements.js';
import { CountedSuccess, FrequentSuccess, SuccessSums } from './success-sums.js';
import { Labels, rowOfSuccess, storeSuccesses } from './success.statements.js';

/** How often counts are stored; in milliseconds. A crash loses them. */
const STORE_EVERY_MS = 20_000;
const STORED_AT_ONCE = 50;

/**
 * Audits what succeeds too often to be written one by one: registry logins and verifications. They are counted in memory, and
 * stored in the background, many in one statement.
 */
@Injectable()
export class SuccessAudit implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(SuccessAudit.name);
  /** Its lines are written whatever `LOG_LEVEL` is. */
  private readonly unstored = new Logger('UnstoredAuditEvents');
  private readonly sums = new SuccessSums();
  private timer?: NodeJS.Timeout;
  private stored: Promise<void> = Promise.resolve();

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly clock: Clock,
    private readonly telemetry: AuditTelemetry,
    @Inject(AUDIT_LABELS) private readonly labels: readonly AuditLabelSource[],
  ) {}

  /** Counts a success, unless the operator wants refusals alone (`AUDIT_REGISTRY_LOGINS`). */
  note(success: FrequentSuccess): void {
    if (this.environment.auditRegistryLogins === false) return;
    this.telemetry.count({ action: success.action, outcome: AuditOutcome.SUCCEEDED });
    this.sums.note(success, this.clock.now());
    this.timer ??= setTimeout(() => void this.flush(), STORE_EVERY_MS).unref();
  }

  /** Stores what was counted, now. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.stored = this.stored.then(() => this.store(this.sums.take()));
    return this.stored;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  /** What the last requests have caused, which are answered after the first of these two. */
  async onApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  private async store(rows: readonly CountedSuccess[]): Promise<void> {
    for (let from = 0; from < rows.length; from += STORED_AT_ONCE) {
      const part = rows.slice(from, from + STORED_AT_ONCE);
      await this.storePart(part).catch((error: unknown) => this.noteUnstored(part, error));
      await yieldToEventLoop();
    }
  }

  private async storePart(rows: readonly CountedSuccess[]): Promise<void> {
    const labels = await this.labelsOf(rows);
    await storeSuccesses(this.database, rows, labels);
    for (const row of rows) this.telemetry.note(() => rowOfSuccess(row, labels), row.count);
  }

  /** The names of users and service tokens as they are now: whoever was removed since is no longer named. */
  private async labelsOf(rows: readonly CountedSuccess[]): Promise<Labels> {
    const users = rows.flatMap(({ user }) => user?.id ?? []);
    const tokens = rows.flatMap(({ actor }) => (actor?.kind === AuditActorKind.SERVICE_TOKEN ? (actor.id ?? []) : []));
    const named = [await this.namesOf('user', users), await this.namesOf('service_token', tokens)];
    return new Map(named.flatMap((names) => [...names]));
  }

  private async namesOf(type: string, ids: readonly string[]): Promise<Labels> {
    const source = this.labels.find((one) => one.type === type);
    return source ? readLabels(this.database, source, [...new Set(ids)]) : new Map();
  }

  private noteUnstored(rows: readonly CountedSuccess[], error: unknown): void {
    const fields = { rows: rows.length, error: (error as Error).message };
    this.logger.warn(fields, 'Successful registry logins could not be written to the audit log.');
    const named = new Map(rows.flatMap(({ user }) => (user ? [[user.id, user.username]] : [])));
    for (const row of rows) this.unstored.warn({ audit: rowOfSuccess(row, named) }, 'An audit event was not stored.');
  }
}
