/** Each is a digest of 32 bytes and a time: some three megabytes in all. */
const MOST_VERDICTS = 20_000;

interface Verdict {
  readonly fits: boolean;
  readonly until: number;
}

/**
 * The results of recent password checks, by keyed digest. Limited in number (the oldest are evicted) and in time. Times
 * are in milliseconds since 1970.
 */
export class PasswordVerdicts {
  private readonly verdicts = new Map<string, Verdict>();

  /** The result that is still valid at `now`; undefined if there is none. */
  resultOf(digest: string, now: number): boolean | undefined {
    const verdict = this.verdicts.get(digest);
    return verdict && verdict.until > now ? verdict.fits : undefined;
  }

  /** Remembers a result until a time. */
  remember(digest: string, fits: boolean, until: number): void {
    this.verdicts.delete(digest);
    this.verdicts.set(digest, { fits, until });
    const [oldest] = this.verdicts.size > MOST_VERDICTS ? this.verdicts.keys() : [];
    if (oldest !== undefined) this.verdicts.delete(oldest);
  }
}
