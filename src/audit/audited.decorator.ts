import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { AUDITED, AuditInterceptor, OF_CALLER } from './audit.interceptor.js';

/** Writes each call of a handler to the audit log, under a stable identifier such as `user.create`. */
export const Audited = (action: string) =>
  applyDecorators(SetMetadata(AUDITED, action), UseInterceptors(AuditInterceptor));

/** The same for what people do to what is their own: its target is whoever calls. */
export const AuditedOfCaller = (action: string) => applyDecorators(Audited(action), SetMetadata(OF_CALLER, true));
