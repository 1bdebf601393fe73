/**
 * How much a step of work in the background does at once, so that each step holds the process up for about the same time, on a
 * fast machine and on a slow one. It begins with one item.
 */
export class StepSize {
  private size = 1;

  /**
   * @param milliseconds how long a step is to take
   * @param most the items of a step at most
   */
  constructor(
    private readonly milliseconds: number,
    private readonly most: number,
  ) {}

  /** The number of items of the next step. */
  get next(): number {
    return this.size;
  }

  /**
   * Notes a step: a slow one makes the next one smaller at once, a quick one makes it twice as large at the most.
   *
   * @param items how many it did
   * @param tookMs how long it took, in milliseconds
   */
  note(items: number, tookMs: number): void {
    const fitting = Math.floor((items * this.milliseconds) / Math.max(tookMs, 0.1));
    this.size = Math.min(Math.max(fitting, 1), 2 * this.size, this.most);
  }
}
