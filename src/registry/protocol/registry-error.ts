import { toPublicError } from '../../common/errors/public-error.js';

/** An error answer to a registry client (OCI Distribution Specification, "Error Codes"). */
export interface RegistryErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly errors: readonly { readonly code: string; readonly message: string }[] };
}

const CODES: Readonly<Record<number, string>> = { 401: 'UNAUTHORIZED', 429: 'TOOMANYREQUESTS', 500: 'UNKNOWN' };

/** An error in the form for registry clients; docker prints the message of 401, 403 and 429. */
export function registryErrorOf(error: unknown, requestId: string): RegistryErrorAnswer {
  const { status, code, message, extensions } = toPublicError(error, requestId);
  const { retryAfterSeconds } = extensions as { retryAfterSeconds?: number };
  const headers = {
    ...(status === 401 && { 'www-authenticate': 'Basic realm="Mooring", charset="UTF-8"' }),
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  };
  return { status, headers, body: { errors: [{ code: CODES[status] ?? code, message }] } };
}
