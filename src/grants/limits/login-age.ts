const DAY_MS = 86_400_000;

/** The setting for how many days after a browser login another one is required; 0 turns it off. */
export interface LoginAgeSettings {
  readonly maxSignInDays: number;
}

/**
 * When a browser login is required because of the age of the last one; null: never.
 *
 * @param begunAt when the last one began; unknown only in grants from before this was stored, which are too old
 */
export function loginEndOf({ maxSignInDays }: LoginAgeSettings, begunAt: Date | null): Date | null {
  if (maxSignInDays === 0) return null;
  return new Date((begunAt?.getTime() ?? 0) + maxSignInDays * DAY_MS);
}

/** Whether a login that began at this time is too old: the only home of this rule (in SQL: {@link LOGIN_COUNTS}). */
export function isLoginTooOld(settings: LoginAgeSettings, begunAt: Date | null, now: Date): boolean {
  const end = loginEndOf(settings, begunAt);
  return end !== null && end <= now;
}

/** Condition on `provider_grants` pg: the login is not too old. */
export const LOGIN_COUNTS = '(:maxSignInDays = 0 OR pg.login_begun_at > :loginsSince)';

/** The parameters of {@link LOGIN_COUNTS}. */
export function loginAgeParameters({ maxSignInDays }: LoginAgeSettings, now: Date) {
  return { maxSignInDays, loginsSince: new Date(now.getTime() - maxSignInDays * DAY_MS) };
}
