/** The last part of a token's lifetime, in which a use refreshes it in the background. */
const LAST_PART = 1 / 5;

/** The settings that decide how long a grant counts, in minutes; 0 turns one off. */
export interface LifeSettings {
  readonly recheckMinutes: number;
  readonly outageGraceMinutes: number;
}

/** The deadlines of a grant. */
export interface GrantDeadlines {
  readonly expiresAt: Date;
  readonly graceUntil: Date;
  readonly earlyFrom: Date;
}

const MINUTE_MS = 60_000;

/**
 * When a grant has to be refreshed: at its token's expiry or, if `recheckMinutes` is set, that many minutes after the
 * provider last verified it; and the deadlines that follow from it.
 *
 * @param verifiedAt when the provider last verified it; null if unknown
 */
export function grantDeadlinesOf(expiresAt: Date, verifiedAt: Date | null, settings: LifeSettings): GrantDeadlines {
  const expiry = expiresAt.getTime();
  const start = verifiedAt?.getTime() ?? expiry;
  const end = settings.recheckMinutes > 0 ? Math.min(expiry, start + settings.recheckMinutes * MINUTE_MS) : expiry;
  return {
    expiresAt: end === expiry ? expiresAt : new Date(end),
    graceUntil: new Date(end + settings.outageGraceMinutes * MINUTE_MS),
    earlyFrom: new Date(end - Math.max(0, end - start) * LAST_PART),
  };
}
