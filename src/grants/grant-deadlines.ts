/** In what part of a token's life a use refreshes it behind the answer. */
const LAST_PART = 1 / 5;

/** The settings that bear on how long the provider's word counts, in minutes; 0 is not at all. */
export interface LifeSettings {
  readonly recheckMinutes: number;
  readonly outageGraceMinutes: number;
}

/** The moments that decide about a grant. */
export interface GrantDeadlines {
  readonly expiresAt: Date;
  readonly graceUntil: Date;
  readonly earlyFrom: Date;
}

const MINUTE_MS = 60_000;

/**
 * When a grant has to be refreshed: at its token's expiry or, where the settings want the provider asked more often, that
 * many minutes after it last vouched; and what follows from it.
 *
 * @param verifiedAt when the provider last vouched; null where that is not known
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
