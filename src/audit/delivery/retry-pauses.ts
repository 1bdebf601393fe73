const FIRST_MS = 1_000;
/** The longest pause, in milliseconds. */
export const LONGEST_MS = 300_000;
/** How often a process looks what is lost while a receiver is left alone; in milliseconds. */
const UPKEEP_EVERY_MS = 10_000;

/** How long a receiver is left alone that has taken nothing: doubled each time, up to five minutes, and a part less by chance. */
export class RetryPauses {
  readonly upkeepMs = UPKEEP_EVERY_MS;

  /** @param chance from 0 to 1 */
  constructor(private readonly chance: () => number = Math.random) {}

  /** The pause after so many failures in a row, in milliseconds. */
  after(failures: number): number {
    const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
    return longest * (0.5 + this.chance() / 2);
  }
}
