import { Inject, Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../common/runtime/clock.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { Metrics } from '../health/index.js';
import { changesIn } from './changes/index.js';
import type { AuditEntry } from './audit-event.js';
import type { AuditEventRow } from './audit-event.entity.js';

const MINUTE_MS = 60_000;
/** How many sums of one minute are kept to be counted: those of strangers are bounded anyway, those of users are not. */
const MOST_SUMS = 10_000;

/** The columns of an event, as its line has them. */
export type AuditLine = Partial<Omit<AuditEventRow, 'sumKey'>> & Pick<AuditEventRow, 'count'>;

/**
 * Tells of the events of the audit log elsewhere: counts them in the metrics, and writes them as log lines where the operator
 * asks for it (`AUDIT_LOG`), each when it is stored. Events that one row counts within a minute are one line when the minute
 * is over, with how many this process has counted.
 */
@Injectable()
export class AuditTelemetry implements OnApplicationShutdown {
  /** Its lines are written whatever `LOG_LEVEL` is. */
  private readonly logger = new Logger('AuditEvents');
  private readonly isWanted: boolean;
  private readonly sums = new Map<string, AuditLine>();
  private minute = 0;
  private timer?: NodeJS.Timeout;

  constructor(
    @Inject(ENVIRONMENT) { auditLog = false }: Environment,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {
    this.isWanted = auditLog;
  }

  /** Counts an event, stored or not. */
  count({ action, outcome }: Pick<AuditEntry, 'action' | 'outcome'>): void {
    this.metrics.event(action, outcome);
  }

  /**
   * Notes that an event is stored.
   *
   * @param rowOf gives the columns of its row, and is called only where they are wanted
   * @param times how often it has happened
   */
  note(rowOf: () => Partial<AuditEventRow>, times = 1): void {
    if (!this.isWanted) return;
    const { sumKey = null, ...columns } = rowOf();
    const line = { ...columns, count: times };
    if (sumKey === null) this.write(line);
    else this.add(sumKey, line);
  }

  /** Writes the sums of the minute that is under way. It is called last, when nothing more is answered. */
  onApplicationShutdown(): void {
    this.writeSums();
  }

  private add(sumKey: string, line: AuditLine): void {
    this.begin(Math.floor(this.clock.now().getTime() / MINUTE_MS));
    const before = this.sums.get(sumKey);
    if (!before && this.sums.size >= MOST_SUMS) this.writeSums();
    // The first event has what the stored row has; only the detail is that of the latest.
    const detail = line.detail ?? before?.detail ?? null;
    this.sums.set(sumKey, before ? { ...before, detail, count: before.count + line.count } : line);
  }

  private begin(minute: number): void {
    if (minute !== this.minute) this.writeSums();
    this.minute = minute;
    const left = (minute + 1) * MINUTE_MS - this.clock.now().getTime();
    this.timer ??= setTimeout(() => this.writeSums(), left).unref();
  }

  private writeSums(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const line of this.sums.values()) this.write(line);
    this.sums.clear();
  }

  private write({ changes, ...line }: AuditLine): void {
    const audit = changes == null ? line : { ...line, changes: changesIn(changes) };
    this.logger.log({ audit }, 'An audit event.');
  }
}
