import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditEventRow } from './audit-event.entity.js';
import { AuditReader } from './audit-reader.service.js';
import { AuditResolver } from './audit.resolver.js';
import { AuditService } from './audit.service.js';

/** Owns the record of who did what. Global, because every folder above has something to tell. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditEventRow])],
  providers: [AuditService, AuditReader, AuditResolver],
  exports: [AuditService],
})
export class AuditModule {}
