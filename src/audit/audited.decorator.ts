import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { AUDITED, AuditInterceptor } from './audit.interceptor.js';

/** Writes each call of a handler to the audit log, under a stable identifier such as `user.create`. */
export const Audited = (action: string) =>
  applyDecorators(SetMetadata(AUDITED, action), UseInterceptors(AuditInterceptor));
