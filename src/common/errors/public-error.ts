import { Logger } from '@nestjs/common';
import { DomainError } from './domain-error.js';

/** What of an error may be seen from outside. */
export interface PublicError {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

const logger = new Logger('Errors');

interface FrameworkError {
  readonly statusCode?: number;
  readonly status?: number;
}

const BY_STATUS: Readonly<Record<number, { code: string; message: string }>> = {
  400: { code: 'BAD_USER_INPUT', message: 'The request is not usable: its body or address has the wrong form.' },
  404: { code: 'NOT_FOUND', message: 'There is nothing at this address.' },
  405: { code: 'BAD_USER_INPUT', message: 'This address does not take this method.' },
  413: { code: 'PAYLOAD_TOO_LARGE', message: 'The request is too large. Send less.' },
  415: { code: 'BAD_USER_INPUT', message: 'Send JSON, with the content type application/json.' },
};

/**
 * What of an error may be seen from outside: the one place that decides it. A foreseen refusal shows itself; a request
 * that the web framework refused gets a text of ours; anything else is logged here, once, and shows only its request id.
 */
export function toPublicError(error: unknown, requestId: string): PublicError {
  if (error instanceof DomainError) {
    if (error.detail) logger.warn({ requestId, code: error.code, detail: error.detail });
    return { code: error.code, status: error.status, message: error.message, extensions: error.extensions };
  }
  const { statusCode, status = statusCode ?? 500 } = (error ?? {}) as FrameworkError;
  const known = BY_STATUS[status];
  if (known) return { ...known, status, extensions: {} };
  logger.error({ requestId, error: error instanceof Error ? error.stack : typeof error });
  return {
    code: 'INTERNAL_SERVER_ERROR',
    status: 500,
    message: `Something went wrong here. Tell an administrator this request id: ${requestId}.`,
    extensions: { requestId },
  };
}
