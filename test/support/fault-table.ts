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
  readonly refreshes: { readonly succeeded: number; readonly refused: number };
  readonly answers: Tally;
}

/** Prints the figures of a story, in addition to the test runner's verdict. */
export function printFigures({ fault, rounds, refreshes, answers }: Figures): void {
  const counted = `${rounds} rounds, ${answers.total} requests, refreshes at the provider: ${refreshes.succeeded}`;
  const refused = refreshes.refused === 0 ? '' : ` (and ${refreshes.refused} refused)`;
  process.stdout.write(`${fault}: ${counted}${refused}; answers: ${answers.toString()}\n`);
}
