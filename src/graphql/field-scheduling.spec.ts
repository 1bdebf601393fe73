import { describe, expect, it } from '@jest/globals';
import { DocumentTurns } from './field-scheduling.js';

/** Pieces of work that end on demand, and how many of them have begun. */
class HeldWork {
  begun = 0;
  private readonly held: ((error?: Error) => void)[] = [];

  readonly one = () => {
    this.begun++;
    return new Promise<void>((resolve, reject) => this.held.push((error) => (error ? reject(error) : resolve())));
  };

  /** Ends the one that began first. */
  end(error?: Error): void {
    this.held.shift()?.(error);
  }
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe(DocumentTurns, () => {
  it('works on four fields of a document at once, and goes on with the next where one has ended or failed', async () => {
    const [turns, work] = [new DocumentTurns(), new HeldWork()];
    const done = Array.from({ length: 6 }, () => turns.take(work.one));
    expect(work.begun).toBe(4);
    work.end();
    await done[0];
    await soon();
    expect(work.begun).toBe(5);
    work.end(new Error('gone'));
    await expect(done[1]).rejects.toThrow('gone');
    await soon();
    expect(work.begun).toBe(6);
  });
});
