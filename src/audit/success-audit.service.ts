import { BeforeApplicationShutdown, Inject, Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { yieldToEventLoop } from '../common/runtime/event-loop.js';
import { Clock } from '../common/runtime/clock.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { Metrics } from '../health/index.js';
import { AuditActorKind } from './audit-event.js';
import { AUDIT_LABELS, AuditLabelSource } from './audit-labels.js';
import { readLabel } from './audit.statements.js';
import { CountedSuccess, FrequentSuccess, SuccessSums } from './success-sums.js';
import { storeSuccesses } from './success.statements.js';

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
  private readonly sums = new SuccessSums();
  private timer?: NodeJS.Timeout;
  private stored: Promise<void> = Promise.resolve();

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    @Inject(AUDIT_LABELS) private readonly labels: readonly AuditLabelSource[],
  ) {}

  /** Counts a success, unless the operator wants refusals alone (`AUDIT_REGISTRY_LOGINS`). */
  note(success: FrequentSuccess): void {
    if (this.environment.auditRegistryLogins === false) return;
    this.metrics.event(success.action, 'SUCCEEDED');
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
    await storeSuccesses(this.database, rows, await this.labelsOf(rows));
  }

  /** The names of service tokens; users are named by what was read with them. */
  private async labelsOf(rows: readonly CountedSuccess[]): Promise<ReadonlyMap<string, string | null>> {
    const source = this.labels.find(({ type }) => type === 'service_token');
    const tokens = rows.filter(({ actor }) => actor?.kind === AuditActorKind.SERVICE_TOKEN);
    const ids = [...new Set(tokens.flatMap(({ actor }) => actor?.id ?? []))];
    const named = ids.map(async (id) => [id, source ? await readLabel(this.database, source, id) : null] as const);
    return new Map(await Promise.all(named));
  }

  private noteUnstored(rows: readonly CountedSuccess[], error: unknown): void {
    const successes = rows.reduce((sum, { count }) => sum + count, 0);
    const fields = { rows: rows.length, successes, error: (error as Error).message };
    this.logger.warn(fields, 'Successful registry logins could not be written to the audit log.');
  }
}
