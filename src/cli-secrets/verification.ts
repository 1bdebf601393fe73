import type { CliSecretStatus, RefusedStatus } from './cli-secret-status.js';
import type { PresentedName } from './presented-secrets.service.js';
import type { ProviderFault } from './status-messages.js';

/** The owner of an accepted secret, with the rights of this moment. */
export interface VerifiedPrincipal {
  readonly userId: string;
  readonly username: string;
  readonly isAdmin: boolean;
  readonly groups: readonly string[];
}

/**
 * Whether the provider was waited for: then everything that the caller read before the verification has to be read
 * again, for it may have changed.
 */
interface Waiting {
  readonly waited: boolean;
}

/** An accepted secret. */
export interface AcceptedVerification extends Waiting {
  readonly status: CliSecretStatus.VALID;
  readonly principal: VerifiedPrincipal;
  /** Until when the provider vouches for the owner. */
  readonly validUntil: Date;
}

/** A secret that was not accepted, or not even checked. */
export type RefusedVerification = Waiting & {
  /** How the provider fails, if it has not decided. */
  readonly provider?: ProviderFault;
  /** The name that was presented, for the audit log; absent where nothing was looked up. */
  readonly name?: PresentedName;
} & (
    | { readonly status: Exclude<RefusedStatus, 'RATE_LIMITED'>; readonly retryAfterSeconds?: undefined }
    | { readonly status: 'RATE_LIMITED'; readonly retryAfterSeconds: number }
  );

/** The result of a verification. */
export type Verification = AcceptedVerification | RefusedVerification;
