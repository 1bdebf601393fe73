/** Each is a digest of 32 bytes and a moment: some three megabytes. */
const MOST_VERDICTS = 20_000;

interface Verdict {
  readonly fits: boolean;
  readonly until: number;
}

/**
 * Which passwords were checked a short while ago, and with what result, by keyed digests. Bounded in number, where the
 * oldest go, and in time. Moments are in milliseconds since 1970.
 */
export class PasswordVerdicts {
  private readonly verdicts = new Map<string, Verdict>();

  /** What is remembered at a moment; undefined where nothing is. */
  at(now: number, digest: string): boolean | undefined {
    const verdict = this.verdicts.get(digest);
    return verdict && verdict.until > now ? verdict.fits : undefined;
  }

  /** Remembers a result until a moment. */
  learn(digest: string, fits: boolean, until: number): void {
    this.verdicts.delete(digest);
    this.verdicts.set(digest, { fits, until });
    const [oldest] = this.verdicts.size > MOST_VERDICTS ? this.verdicts.keys() : [];
    if (oldest !== undefined) this.verdicts.delete(oldest);
  }
}
