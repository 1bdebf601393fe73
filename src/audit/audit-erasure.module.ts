import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditErasure } from './audit-erasure.service.js';
import { AuditEventRow } from './audit-event.entity.js';

export { AuditErasure } from './audit-erasure.service.js';

/** Gives commands {@link AuditErasure}; no server erases. */
@Module({
  imports: [TypeOrmModule.forFeature([AuditEventRow])],
  providers: [AuditErasure],
  exports: [AuditErasure],
})
export class AuditErasureModule {}
