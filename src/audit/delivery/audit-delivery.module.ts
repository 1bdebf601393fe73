import { Module } from '@nestjs/common';
import { AuditDelivery } from './audit-delivery.service.js';

/** Delivers the audit log to receivers outside. Servers alone do that: no command imports it. */
@Module({ providers: [AuditDelivery] })
export class AuditDeliveryModule {}
