import { BeforeApplicationShutdown, Inject, Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { ServiceUnavailable } from '../common/errors/common.errors.js';
import { newId } from '../common/persistence/ids.js';
import { AuditActorKind, AuditEntry, AuditTarget } from './audit-event.js';
import { AuditEventRow } from './audit-event.entity.js';
import type { AuditLabelSource } from './audit-labels.js';
import { AUDIT_LABELS } from './audit-labels.js';
import { AuditRetention } from './audit-retention.service.js';
import { AuditTelemetry } from './audit-telemetry.service.js';
import { storedChanges } from './changes/index.js';
import { readLabel } from './audit.statements.js';
import { DeferredCounts } from './deferred-counts.js';
import { StoredSums } from './stored-sums.js';
import { Sum, Sums } from './sums.js';
import { UnstoredEvents, UnstoredRow } from './unstored-events.js';

const LONGEST_LABEL = 255;
const LONGEST_ADDRESS = 64;
/** Of refusals for too many requests, the first in a minute is written at once; the number of later ones is written later. */
const TURNED_AWAY = 'RATE_LIMITED';
const ID_FORM = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The audit log. An action of a known user has a row of its own. Events of strangers are counted by action, address block
 * and minute in a bounded number of rows, and name only existing targets: nobody can fill the disk with them, and nothing
 * that was typed into a wrong field is stored.
 */
@Injectable()
export class AuditService implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(AuditService.name);
  /** Its lines are written whatever `LOG_LEVEL` is. */
  private readonly unstoredLogger = new Logger('UnstoredAuditEvents');
  private readonly sums = new Sums();
  private readonly deferred = new DeferredCounts(
    (sumKey, times) => this.incrementLater(sumKey, times),
    () => this.logger.warn('The number of refused requests could not be written.'),
  );
  private readonly unstored = new UnstoredEvents((fields, text) => this.unstoredLogger.warn(fields, text));
  private readonly events: Repository<AuditEventRow>;
  private readonly storedSums: StoredSums;
  private isAway = false;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly retention: AuditRetention,
    private readonly clock: Clock,
    private readonly telemetry: AuditTelemetry,
    @Inject(AUDIT_LABELS) private readonly labels: readonly AuditLabelSource[],
  ) {
    this.events = database.getRepository(AuditEventRow);
    this.storedSums = new StoredSums(this.events, (sumKey, times) => this.unstored.noteMore(sumKey, times));
  }

  /**
   * Writes an event. The action is done already, so nothing is thrown: if the event can't be stored, the log has its
   * content.
   */
  async write(entry: AuditEntry): Promise<void> {
    this.telemetry.count(entry);
    try {
      if (await this.store(entry)) this.isAway = false;
    } catch (error) {
      this.logFailure(entry, error);
      this.unstored.note(await this.unstoredRowOf(entry));
      return;
    }
    await this.retention.sweep().catch((error: unknown) => this.logFailure(entry, error));
  }

  /** @returns whether the database took it; false if it is written later */
  private async store(entry: AuditEntry): Promise<boolean> {
    const known = { ...entry, target: await this.existing(entry.target) };
    const sum = this.sums.of(known, this.clock.now());
    const later = () => ({ ...this.unlabelledRowOf(sum?.entry ?? known, sum), id: undefined });
    if (sum && isWrittenLater(sum) && this.deferred.add(sum.key)) {
      this.telemetry.note(later);
      return false;
    }
    let row: AuditEventRow | undefined;
    const insert = async () => {
      const inserted = await this.rowOf(sum?.entry ?? known, sum);
      await this.events.insert(inserted);
      row = inserted;
    };
    if (sum) await this.storedSums.count(sum.key, shortened(sum.entry.detail), insert);
    else await insert();
    this.telemetry.note(() => row ?? later());
    return true;
  }

  /** The row of an event, with the labels if the database can be read. */
  private async unstoredRowOf(entry: AuditEntry): Promise<UnstoredRow> {
    const target = await this.existing(entry.target).catch(() => knownForm(entry.target));
    const known = { ...entry, target };
    const sum = this.sums.of(known, this.clock.now());
    const row = sum?.entry ?? known;
    return this.rowOf(row, sum).catch(() => this.unlabelledRowOf(row, sum));
  }

  // While the database takes no writes, every event fails: say it once.
  private logFailure({ action, requestId }: AuditEntry, error: unknown): void {
    if (!(error instanceof ServiceUnavailable)) {
      this.logger.error({ action, requestId, error: (error as Error).message }, 'An audit event could not be written.');
      return;
    }
    const message = 'The audit log could not be written. Until it can, its events are in these log lines.';
    if (!this.isAway) this.logger.warn({ action, requestId }, message);
    this.isAway = true;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  /** What the last requests have caused, which are answered after the first of these two. */
  async onApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  private async flush(): Promise<void> {
    await this.deferred.flush();
    await this.unstored.flush();
  }

  /** Adds to a row; the log has the number if it can't be written. */
  private async incrementLater(sumKey: string, times: number): Promise<void> {
    await this.storedSums.add(sumKey, times).catch((error: unknown) => {
      this.unstored.noteMore(sumKey, times);
      throw error;
    });
  }

  private async rowOf(entry: AuditEntry, sum: Sum | null): Promise<AuditEventRow> {
    const { kind, id } = entry.actor;
    const actorLabel = id === null ? null : await this.labelOf(typeOf(kind), id);
    return this.events.create({ ...this.unlabelledRowOf(entry, sum), actorLabel });
  }

  private unlabelledRowOf(entry: AuditEntry, sum: Sum | null) {
    const { action, actor, target, outcome, reason, detail, changes = [], requestId } = entry;
    return {
      changes: storedChanges(changes),
      ...{ action, outcome, reason, detail: shortened(detail), requestId, sumKey: sum?.key ?? null },
      ...{ targetType: target?.type ?? null, targetId: target?.id ?? null, targetLabel: target?.label ?? null },
      remoteAddress: entry.remoteAddress?.slice(0, LONGEST_ADDRESS) ?? null,
      ...{ id: newId(), at: this.clock.now(), count: 1, actorKind: actor.kind, actorId: actor.id },
    };
  }

  /** The target with its label, or null if it does not exist: a made-up id is not stored. */
  async existing(target: AuditTarget | null): Promise<AuditTarget | null> {
    if (!target) return null;
    const { type, id, label } = target;
    const known = label ?? (id === null ? null : await this.labelOf(type, id));
    return known === null ? null : { type, id, label: known.slice(0, LONGEST_LABEL) };
  }

  private async labelOf(type: string, id: string): Promise<string | null> {
    const source = this.labels.find((one) => one.type === type);
    return source ? readLabel(this.database, source, id) : null;
  }
}

/** Rows of many address blocks are never updated at once: there may be very many events. */
function isWrittenLater({ entry, isOfMany }: Sum): boolean {
  return isOfMany || entry.reason === TURNED_AWAY;
}

/** The type that an actor has as a target. */
function typeOf(kind: AuditActorKind): string {
  return kind === AuditActorKind.SERVICE_TOKEN ? 'service_token' : 'user';
}

function shortened(detail: string | null | undefined): string | null {
  return detail?.slice(0, LONGEST_LABEL) ?? null;
}

/** A target that could not be looked up, if it has the form of one: what was typed into a wrong field is not logged. */
function knownForm(target: AuditTarget | null): AuditTarget | null {
  return target?.id && ID_FORM.test(target.id) ? { type: target.type, id: target.id } : null;
}
