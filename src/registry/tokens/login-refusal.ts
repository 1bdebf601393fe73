import { RefusedVerification, STATUS_MESSAGES } from '../../cli-secrets/index.js';
import { RateLimited } from '../../common/errors/common.errors.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { RegistryLoginRefused, RegistryLoginUnavailable } from '../protocol/index.js';

/** The `Retry-After` of a login that the provider has not decided. */
const RETRY_AFTER_SECONDS = 10;

/** The error for a registry client whose CLI secret was not accepted: 401, 503 if the provider has not decided, or 429. */
export function loginRefusalOf(
  { status, retryAfterSeconds, provider, name }: RefusedVerification,
  publicUrl: URL,
): DomainError {
  if (retryAfterSeconds !== undefined) return new RateLimited(retryAfterSeconds);
  const { forOwner, tryAgain } = STATUS_MESSAGES[status];
  const message = forOwner({ publicUrl, provider });
  return tryAgain === 'NO'
    ? new RegistryLoginRefused(message, status, name)
    : new RegistryLoginUnavailable(message, status, RETRY_AFTER_SECONDS, name);
}
