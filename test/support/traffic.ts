/** What several people do at the same time, again and again, until it is told to end. */
export class Traffic {
  private goesOn = true;
  private readonly all: Promise<unknown>;

  constructor(steps: readonly (() => Promise<void>)[]) {
    this.all = Promise.all(steps.map((step) => this.repeat(step)));
  }

  /** Waits for something while they go on; fails as soon as one of them does. */
  async during<T>(waited: Promise<T>): Promise<T> {
    return (await Promise.race([waited, this.all])) as T;
  }

  /** Lets everybody end what was begun. */
  async end(): Promise<void> {
    this.goesOn = false;
    await this.all;
  }

  private async repeat(step: () => Promise<void>): Promise<void> {
    while (this.goesOn) await step();
  }
}
