import { Logger } from '@nestjs/common';
import { DomainError, messageOf } from './domain-error.js';
import { INTERNAL_ERROR, SERVER_REFUSALS } from './server.errors.js';

/** The part of an error that is shown to clients. */
export interface PublicError {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  /** The headline of its page in a browser; undefined: that of what was asked for. */
  readonly headline?: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

const logger = new Logger('Errors');

interface FrameworkError {
  readonly statusCode?: number;
  readonly status?: number;
}

const BY_STATUS = new Map(SERVER_REFUSALS.map((row) => [row.status, row]));

/**
 * The part of an error that is shown to clients; the only place that decides this. A {@link DomainError} shows its message;
 * a request that the web framework refused gets a declared text; any other error is logged here, once, and shows only its
 * request id.
 */
export function toPublicError(error: unknown, requestId: string): PublicError {
  if (error instanceof DomainError) {
    if (error.detail) logger.warn({ requestId, code: error.code, detail: error.detail }, error.message);
    const { code, status, message, headline, extensions } = error;
    return { code, status, message, headline, extensions };
  }
  const { statusCode, status = statusCode ?? 500 } = (error ?? {}) as FrameworkError;
  const known = BY_STATUS.get(status);
  if (known) {
    return { code: known.code, status, message: messageOf(known), headline: known.headline, extensions: {} };
  }
  logger.error(
    { requestId, stack: error instanceof Error ? error.stack : typeof error },
    'A request failed unexpectedly.',
  );
  const { code } = INTERNAL_ERROR;
  return {
    code,
    status: INTERNAL_ERROR.status,
    message: messageOf(INTERNAL_ERROR, { requestId }),
    extensions: { requestId },
  };
}
