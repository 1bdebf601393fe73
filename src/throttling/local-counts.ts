const MOST_COUNTS = 10_000;

/** One count as this process last read it. Times are in milliseconds since 1970. */
export interface LocalCount {
  readonly failures: number;
  readonly credentials: string;
  readonly endsAt: number;
}

const NOTHING: LocalCount = { failures: 0, credentials: '', endsAt: 0 };

/**
 * The counts that this process has read, and the credentials that it is checking. A credential that is being checked
 * takes a slot as if it were wrong: sending many at once gets no further than sending one after the other.
 */
export class LocalCounts {
  private readonly counts = new Map<string, LocalCount>();
  private readonly pending = new Map<string, Map<string, number>>();

  /** Keeps a count as it was read. Evicts the least recently updated entry above the limit. */
  update(key: string, count: LocalCount): void {
    this.counts.delete(key);
    this.counts.set(key, count);
    const [oldest] = this.counts.size > MOST_COUNTS ? this.counts.keys() : [];
    if (oldest !== undefined) this.counts.delete(oldest);
  }

  /** A count at this time; zero if it is unknown or has ended. */
  of(key: string, now: number): LocalCount {
    const count = this.counts.get(key);
    return count && count.endsAt > now ? count : NOTHING;
  }

  /** Whether there is no room for this credential. Other credentials that are being checked take a slot each. */
  isSpent(key: string, credential: string, limit: number, now: number): boolean {
    const others = this.pending.get(key);
    const slots = others ? others.size - (others.has(credential) ? 1 : 0) : 0;
    return this.of(key, now).failures + slots >= limit;
  }

  /** Reserves a slot for a credential while it is checked; the same credential takes one slot. Returns its release. */
  reserve(key: string, credential: string): () => void {
    const others = this.pending.get(key) ?? new Map<string, number>();
    this.pending.set(key, others.set(credential, (others.get(credential) ?? 0) + 1));
    return () => {
      const left = (others.get(credential) ?? 1) - 1;
      if (left > 0) others.set(credential, left);
      else others.delete(credential);
      if (others.size === 0) this.pending.delete(key);
    };
  }
}
