/** Counts of each status, code or kind of failure in the responses. */
export class Tally {
  private readonly counts = new Map<string, number>();

  add(answer: string): void {
    this.counts.set(answer, (this.counts.get(answer) ?? 0) + 1);
  }

  get kinds(): string[] {
    return [...this.counts.keys()];
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  toString(): string {
    return [...this.counts].map(([answer, count]) => `${answer} ${count}`).join(', ');
  }
}

/** One row of figures: the fault, and its effects. */
export interface Figures {
  readonly fault: string;
  readonly rounds: number;
  /** Those at the provider, where the story is about them. */
  readonly refreshes?: { readonly succeeded: number; readonly refused: number };
  readonly answers: Tally;
}

/** Prints the figures of a story, in addition to the test runner's verdict. */
export function printFigures({ fault, rounds, refreshes, answers }: Figures): void {
  const counted = `${rounds} rounds, ${answers.total} requests`;
  const refused = refreshes?.refused ? ` (and ${refreshes.refused} refused)` : '';
  const refreshed = refreshes ? `, refreshes at the provider: ${refreshes.succeeded}${refused}` : '';
  process.stdout.write(`${fault}: ${counted}${refreshed}; answers: ${answers.toString()}\n`);
}
