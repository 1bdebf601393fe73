import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, LessThan, Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { isDuplicate, won } from '../common/conditional-write.js';
import { newId } from '../common/ids.js';
import { sha256 } from '../common/random-text.js';
import { SettingsService } from '../settings/settings.service.js';
import { AuditActorKind, AuditEntry, AuditTarget } from './audit-event.js';
import { AuditEventRow } from './audit-event.entity.js';
import { readLabel } from './audit.statements.js';

const LONGEST_LABEL = 255;
/** What machines cause by themselves, as often as they like. */
const SUMMED = new Set(['cli_secret.verify', 'grant.refresh']);
const SWEEP_EVERY_SECONDS = 3600;
const SECONDS_A_DAY = 86_400;

/**
 * The audit log. What a known person did has a row of its own; what strangers cause is summed up by action, address and
 * minute, and names only what exists: nobody can fill the disk with it, and nothing typed into a wrong field is kept.
 */
@Injectable()
export class AuditService {
  private readonly logger = new Logger(AuditService.name);
  private nextSweep = new Date(0);
  private sweptFor = 0;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @InjectRepository(AuditEventRow) private readonly events: Repository<AuditEventRow>,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /** Writes something down that has happened. It happened whether this succeeds or not: a failure goes to the log. */
  async write(entry: AuditEntry): Promise<void> {
    try {
      const row = await this.rowOf(entry);
      if (!(row.sumKey !== null && (await this.added(row.sumKey)))) await this.insert(row);
      await this.sweep();
    } catch (error) {
      this.logger.error({ action: entry.action, requestId: entry.requestId, error: (error as Error).message });
    }
  }

  private async insert(row: AuditEventRow): Promise<void> {
    try {
      await this.events.insert(row);
    } catch (error) {
      // Another request began the same sum.
      if (!isDuplicate(error) || row.sumKey === null) throw error;
      await this.added(row.sumKey);
    }
  }

  private async added(sumKey: string): Promise<boolean> {
    return won(await this.events.increment({ sumKey }, 'count', 1));
  }

  private async rowOf(entry: AuditEntry): Promise<AuditEventRow> {
    const { action, actor, outcome, reason, remoteAddress, requestId } = entry;
    const now = this.clock.now();
    const named = await this.existing(entry.target);
    const target = { targetType: named?.type ?? null, targetId: named?.id ?? null, targetLabel: named?.label ?? null };
    const kept = { action, outcome, reason, remoteAddress, requestId, ...target };
    const minute = Math.floor(now.getTime() / 60_000);
    const summed = [action, actor.kind, actor.id, outcome, reason, remoteAddress, target.targetId, minute];
    const isSummed = actor.kind === AuditActorKind.ANONYMOUS || SUMMED.has(action);
    return this.events.create({
      ...kept,
      ...{ id: newId(), at: now, count: 1, actorKind: actor.kind, actorId: actor.id },
      actorLabel: actor.id === null ? null : await this.nameOf(actor.kind, actor.id),
      sumKey: isSummed ? sha256(JSON.stringify(summed)) : null,
    });
  }

  /** The target with its name, or null where there is no such thing: an id that somebody made up is not kept. */
  async existing(target: AuditTarget | null): Promise<AuditTarget | null> {
    if (!target) return null;
    const { type, id, label } = target;
    const known = label ?? (id === null ? null : await readLabel(this.database, type, id));
    return known === null ? null : { type, id, label: known.slice(0, LONGEST_LABEL) };
  }

  private nameOf(kind: AuditActorKind, id: string): Promise<string | null> {
    return readLabel(this.database, kind === AuditActorKind.SERVICE_TOKEN ? 'service_token' : 'user', id);
  }

  /** Deletes what is older than the settings want, once an hour, and at once where they want less or more than before. */
  async sweep(): Promise<void> {
    // A refusal may be written down before any request has caught up with the settings.
    const { auditRetentionDays } = (await this.settings.catchUp(0)).general;
    if (this.clock.now() < this.nextSweep && auditRetentionDays === this.sweptFor) return;
    this.nextSweep = this.clock.secondsFromNow(SWEEP_EVERY_SECONDS);
    this.sweptFor = auditRetentionDays;
    await this.events.delete({ at: LessThan(this.clock.secondsFromNow(-auditRetentionDays * SECONDS_A_DAY)) });
  }
}
