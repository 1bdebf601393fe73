const MOST_KNOWN = 10_000;

/** What a process knows of one count. Moments are in milliseconds since 1970. */
export interface LocalCount {
  readonly failures: number;
  readonly credentials: string;
  readonly endsAt: number;
}

const NOTHING: LocalCount = { failures: 0, credentials: '', endsAt: 0 };

/**
 * What this process has learned of counts, and what it is just finding out. A credential that is being checked takes a
 * place as if it were wrong: whoever sends many at once is let no further than whoever sends one after the other.
 */
export class LocalCounts {
  private readonly known = new Map<string, LocalCount>();
  private readonly pending = new Map<string, Map<string, number>>();

  /** Learns what the database says of a count. The longest unlearned is forgotten where there are too many. */
  learn(key: string, count: LocalCount): void {
    this.known.delete(key);
    this.known.set(key, count);
    const [oldest] = this.known.size > MOST_KNOWN ? this.known.keys() : [];
    if (oldest !== undefined) this.known.delete(oldest);
  }

  /** What is known of a count at a moment. */
  of(key: string, now: number): LocalCount {
    const count = this.known.get(key);
    return count && count.endsAt > now ? count : NOTHING;
  }

  /** Whether one more credential would be too many, those being checked included. The same one takes one place. */
  isSpent(key: string, credential: string, limit: number, now: number): boolean {
    const others = this.pending.get(key);
    const places = others ? others.size - (others.has(credential) ? 1 : 0) : 0;
    return this.of(key, now).failures + places >= limit;
  }

  /** Takes a place for a credential while it is checked; gives back how to give it back. */
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
