import { DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HealthModule } from '../health/health.module.js';
import { AuditEventRow } from './audit-event.entity.js';
import { AUDIT_LABELS, AuditLabelSource } from './audit-labels.js';
import { AuditRetention } from './audit-retention.service.js';
import { AuditReader } from './audit-reader.service.js';
import { AuditResolver } from './audit.resolver.js';
import { AuditService } from './audit.service.js';
import { AuditTelemetry } from './audit-telemetry.service.js';
import { SuccessAudit } from './success-audit.service.js';
import { RefusalAudit } from './refusal-audit.service.js';

export { SuccessAudit } from './success-audit.service.js';

/** Owns the audit log. Global, because every folder above writes to it. */
@Global()
@Module({
  // Nothing else imports it in the commands.
  imports: [HealthModule, TypeOrmModule.forFeature([AuditEventRow])],
  providers: [AuditTelemetry, AuditRetention, AuditService, AuditReader, AuditResolver, RefusalAudit, SuccessAudit],
  exports: [AuditService, RefusalAudit, SuccessAudit],
})
export class AuditModule {
  /** @param labels where the labels of targets and actors are read, one source a type */
  static with(labels: readonly AuditLabelSource[]): DynamicModule {
    return { module: AuditModule, providers: [{ provide: AUDIT_LABELS, useValue: labels }] };
  }
}
