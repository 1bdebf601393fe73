import { BeforeApplicationShutdown, Inject, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/runtime/clock.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/env.js';
import { Metrics } from '../../health/index.js';
import { DeliveryCursor } from './delivery-cursor.js';
import { DeliveryQueue } from './delivery-queue.js';
import { EventNumbers } from './event-numbers.js';
import type { Receiver } from './receiver.js';
import { SyslogReceiver } from './syslog-receiver.js';
import { WebhookReceiver } from './webhook-receiver.js';

/** Delivers the audit log to the receivers that the operator has named, each by a queue of its own. */
@Injectable()
export class AuditDelivery implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(AuditDelivery.name);
  private queues: DeliveryQueue[] = [];

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const receivers = this.receivers();
    if (receivers.length === 0) return;
    const numbers = new EventNumbers(this.database, this.clock);
    await numbers.begin();
    for (const receiver of receivers) await this.start(numbers, receiver);
  }

  /** While requests are still being answered: their events are delivered by others, or after the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.queues.map((queue) => queue.stop()));
  }

  private async start(numbers: EventNumbers, receiver: Receiver): Promise<void> {
    const cursor = new DeliveryCursor(this.database, receiver.name);
    await cursor.begin();
    const mostWaiting = this.environment.auditDelivery?.mostWaiting ?? 0;
    const queue = new DeliveryQueue({ numbers, cursor, receiver, metrics: this.metrics, mostWaiting });
    this.queues.push(queue);
    this.metrics.auditReceiver(receiver.name);
    queue.start();
    this.logger.log({ receiver: receiver.name }, 'Audit events will be sent to a receiver.');
  }

  private receivers(): Receiver[] {
    const { webhook, syslog } = this.environment.auditDelivery ?? {};
    return [
      ...(webhook ? [new WebhookReceiver(webhook, this.clock)] : []),
      ...(syslog ? [new SyslogReceiver(syslog)] : []),
    ];
  }
}
