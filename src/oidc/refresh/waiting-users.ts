/** How long after its last use a user counts as waiting, in milliseconds. */
const WAITS_MS = 30_000;
const MOST_USERS = 5_000;
/** A user may be tried at every round until so many tries have failed. */
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

const SAFE: readonly Fate[] = ['UNASKED', 'NOT_SENT', 'ANSWERED'];

/** The state of a grant in the database that a fate belongs to: another replica may have sent the token since. */
export interface GrantState {
  readonly version: number;
  readonly retryAt: Date | null;
}

interface Waiting {
  readonly fate: Fate;
  /** Null: the failure is not stored yet. */
  readonly state: GrantState | null;
  /** When the user was last in use; null: not since the failure. */
  readonly usedAt: number | null;
  readonly failedAt: number;
  readonly tries: number;
  /** When the grant may be tried again. */
  readonly notBefore: number;
}

const NEW: Waiting = { fate: 'UNASKED', state: null, usedAt: null, failedAt: 0, tries: 0, notBefore: 0 };

/**
 * The users of this process whose refresh met a silent provider, with what became of it. A user waits for thirty seconds after
 * the last use. At most 5,000 are remembered; the oldest are dropped.
 */
export class WaitingUsers {
  private readonly users = new Map<string, Waiting>();

  has(userId: string): boolean {
    return this.users.has(userId);
  }

  /** What became of the last request for a user, if the grant is still in the same state; undefined: not known. */
  fateOf(userId: string, { version, retryAt }: GrantState): Fate | undefined {
    const known = this.users.get(userId);
    if (!known?.state) return undefined;
    const isSame = known.state.version === version && known.state.retryAt?.getTime() === retryAt?.getTime();
    return isSame ? known.fate : undefined;
  }

  /** Notes that a request failed now. */
  noteFailure(userId: string, fate: Fate, now: Date): void {
    this.change(userId, { fate, state: null, failedAt: now.getTime() });
  }

  /** Notes what became of the last request, for the state of the grant that is stored now. */
  noteFate(userId: string, fate: Fate, state: GrantState): void {
    this.change(userId, { fate, state });
  }

  /** Notes that a user is in use, and waits. */
  noteUse(userId: string, now: Date): void {
    this.change(userId, { usedAt: now.getTime() });
  }

  /** Notes that a user is tried now. After fifteen tries the pauses grow from two seconds to thirty. */
  noteTry(userId: string, now: Date): void {
    const tries = (this.users.get(userId)?.tries ?? 0) + 1;
    const pauseMs = tries < TRIES_AT_ONCE ? 0 : FIRST_PAUSE_MS * 2 ** Math.min(tries - TRIES_AT_ONCE, 8);
    this.change(userId, { tries, notBefore: now.getTime() + Math.min(LONGEST_PAUSE_MS, pauseMs) });
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
  next(now: Date, fates = SAFE): string | undefined {
    const hasPaused = ({ failedAt }: Waiting) => !isAhead(failedAt + LEAST_PAUSE_MS, now);
    const triable = this.triable(now).filter(([, waiting]) => fates.includes(waiting.fate) && hasPaused(waiting));
    return triable.sort(([, one], [, other]) => one.tries - other.tries)[0]?.[0];
  }

  /**
   * Everybody who waits and whose request was not lost, in their order: they may all be tried once, because the provider
   * answers again. Those who fail all the same are left alone for thirty seconds.
   */
  letThrough(now: Date): string[] {
    const users = this.triable(now).map(([userId]) => userId);
    const notBefore = now.getTime() + LONGEST_PAUSE_MS;
    for (const userId of users) this.change(userId, { notBefore });
    return users;
  }

  private triable(now: Date): [string, Waiting][] {
    return [...this.users].filter(
      ([, { fate, usedAt, notBefore }]) => SAFE.includes(fate) && isRecent(usedAt, now) && !isAhead(notBefore, now),
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
function isAhead(until: number, now: Date): boolean {
  const leftMs = until - now.getTime();
  return leftMs > 0 && leftMs <= LONGEST_PAUSE_MS;
}
