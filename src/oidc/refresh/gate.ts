/** Lets a number of tasks in at a time; the others wait in their order. */
export class Gate {
  private inside = 0;
  private readonly queue: (() => void)[] = [];

  constructor(private readonly places: number) {}

  /** Waits for a place, and returns the function that gives it back; calling that again changes nothing. */
  async enter(): Promise<() => void> {
    if (this.inside < this.places) this.inside++;
    else await new Promise<void>((enter) => this.queue.push(enter));
    let isInside = true;
    return () => {
      if (isInside) this.leave();
      isInside = false;
    };
  }

  private leave(): void {
    const next = this.queue.shift();
    if (next) next();
    else this.inside--;
  }
}
