/** How long after its last use a user counts as waiting, in milliseconds. */
const WAITS_MS = 30_000;
const MOST_USERS = 5_000;
/** A user may be asked about at every round until this many tries have failed. */
const TRIES_AT_ONCE = 15;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;
/** A failure is this old before a user is tried again, in milliseconds. */
const LEAST_PAUSE_MS = 1_000;

/**
 * What became of the last request to refresh a grant. UNASKED: there was none since the provider fell silent. NOT_SENT: it
 * certainly never left. ANSWERED: the answer was of no use. LOST: it was sent and not answered, or that is not known: the
 * provider may have replaced the refresh token, so sending it again may end the grant.
 */
export type Fate = 'UNASKED' | 'NOT_SENT' | 'ANSWERED' | 'LOST';

interface Waiting {
  readonly fate: Fate;
  /** When the user was last in use; null: not since the failure. */
  readonly usedAt: number | null;
  readonly failedAt: number;
  readonly tries: number;
  /** When the grant may be tried again. */
  readonly notBefore: number;
}

const NEW: Waiting = { fate: 'UNASKED', usedAt: null, failedAt: 0, tries: 0, notBefore: 0 };

/**
 * The users of this process whose refresh met a silent provider, with what became of it. A user waits for thirty seconds after
 * the last use. At most 5,000 are remembered; the oldest are dropped.
 */
export class WaitingUsers {
  private readonly users = new Map<string, Waiting>();

  /** Notes what became of a request that failed now. */
  noteFailure(userId: string, fate: Fate, now: Date): void {
    this.change(userId, { fate, failedAt: now.getTime() });
  }

  /** What is known of the last request for a user; undefined: nothing. */
  fateOf(userId: string): Fate | undefined {
    return this.users.get(userId)?.fate;
  }

  /** Notes that a user is in use, and waits. */
  noteUse(userId: string, fate: Fate, now: Date): void {
    this.change(userId, { fate, usedAt: now.getTime() });
  }

  /** Notes that a user is tried now. After fifteen tries the pauses grow from two seconds to thirty. */
  noteTry(userId: string, now: Date): void {
    const tries = (this.users.get(userId)?.tries ?? 0) + 1;
    const pauseMs = FIRST_PAUSE_MS * 2 ** Math.max(0, Math.min(tries - TRIES_AT_ONCE, 8));
    const isAtOnce = tries < TRIES_AT_ONCE;
    this.change(userId, { tries, notBefore: isAtOnce ? 0 : now.getTime() + Math.min(LONGEST_PAUSE_MS, pauseMs) });
  }

  /** Forgets a user: the provider has answered for them. */
  forget(userId: string): void {
    this.users.delete(userId);
  }

  /** Whether anybody waits now. Forgets those who do not wait any more. */
  isAnybody(now: Date): boolean {
    let isAnybody = false;
    for (const [userId, { usedAt }] of this.users) {
      if (isRecent(usedAt, now)) isAnybody = true;
      else if (usedAt !== null) this.users.delete(userId);
    }
    return isAnybody;
  }

  /** A waiting user whose last request had one of these fates, and who may be tried now: of those tried least, the first. */
  next(fates: readonly Fate[], now: Date): string | undefined {
    const isLeftAlone = ({ failedAt }: Waiting) => isAhead(failedAt + LEAST_PAUSE_MS, now.getTime());
    const triable = this.triable(fates, now).filter(([, waiting]) => !isLeftAlone(waiting));
    const [first] = triable.sort(([, one], [, other]) => one.tries - other.tries);
    return first?.[0];
  }

  /**
   * Everybody who waits and whose request was not lost, in their order: they may all be tried once, because the provider
   * answers again. Those who fail all the same are left alone for thirty seconds.
   */
  letThrough(now: Date): string[] {
    const users = this.triable(['UNASKED', 'NOT_SENT', 'ANSWERED'], now).map(([userId]) => userId);
    const notBefore = now.getTime() + LONGEST_PAUSE_MS;
    for (const userId of users) this.change(userId, { notBefore });
    return users;
  }

  private triable(fates: readonly Fate[], now: Date): [string, Waiting][] {
    return [...this.users].filter(
      ([, { fate, usedAt, notBefore }]) =>
        fates.includes(fate) && isRecent(usedAt, now) && !isAhead(notBefore, now.getTime()),
    );
  }

  private change(userId: string, change: Partial<Waiting>): void {
    const known = this.users.get(userId);
    this.users.set(userId, { ...(known ?? NEW), ...change });
    if (known || this.users.size <= MOST_USERS) return;
    const [oldest] = this.users.keys();
    if (oldest !== undefined) this.users.delete(oldest);
  }
}

function isRecent(usedAt: number | null, now: Date): boolean {
  return usedAt !== null && Math.abs(now.getTime() - usedAt) <= WAITS_MS;
}

// A clock that was set back must not prolong a pause.
function isAhead(notBefore: number, now: number): boolean {
  return notBefore > now && notBefore - now <= LONGEST_PAUSE_MS;
}
