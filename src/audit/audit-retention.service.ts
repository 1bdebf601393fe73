import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, LessThan } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { Metrics } from '../health/index.js';
import { SettingsService } from '../settings/settings.service.js';
import { AuditEventRow } from './audit-event.entity.js';
import { removeUnnumbered } from './delivery/index.js';

const SWEEP_EVERY_SECONDS = 3600;
const SECONDS_A_DAY = 86_400;

/** Deletes events that are older than the settings keep. */
@Injectable()
export class AuditRetention {
  private readonly logger = new Logger('AuditDelivery');
  private nextSweep = new Date(0);
  private sweptFor = 0;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** Deletes what is too old: once an hour, and at once after that setting has changed. */
  async sweep(): Promise<void> {
    // A refusal may be written before any request has loaded the settings.
    const { auditRetentionDays } = (await this.settings.catchUp(0)).general;
    if (this.clock.now() < this.nextSweep && auditRetentionDays === this.sweptFor) return;
    this.nextSweep = this.clock.secondsFromNow(SWEEP_EVERY_SECONDS);
    this.sweptFor = auditRetentionDays;
    const before = this.clock.secondsFromNow(-auditRetentionDays * SECONDS_A_DAY);
    for (const { receiver, events } of await removeUnnumbered(this.database, before)) {
      this.metrics.auditLost(receiver, events);
      this.logger.warn(
        { receiver, events },
        'Audit events are lost to a receiver: the retention removed them before they got a number.',
      );
    }
    await this.database.getRepository(AuditEventRow).delete({ at: LessThan(before) });
  }
}
