/** What is seen of a lock that another process holds. */
export interface Held {
  readonly owner: string;
  /** How often the holder has said that it is alive. */
  readonly beats: string;
}

/** What a look at a lock means: the holder may be at work, it is gone, or it has been at work for too long. */
export type Verdict = 'WAIT' | 'GONE' | 'TOO_LONG';

/** How many looks without a new beat mean that the holder is gone. */
const LOOKS_UNTIL_GONE = 60;
/** How many looks a waiting process takes. */
const MOST_LOOKS = 240;
/** A look that takes longer says nothing: what held it up, such as a change of a table, may hold up the beats, too. */
const LONGEST_LOOK_MS = 1_000;

/**
 * Tells whether the holder of a lock is alive, by beats, and by no clock: those of nodes and machines may differ, and a
 * change of a table lets every write of a cluster wait, the beats of the holder and the looks of others alike.
 */
export class HolderWatch {
  private seen?: Held;
  private unchanged = 0;
  private looks = 0;

  /** Notes what was seen, by a look that took so many milliseconds. */
  note(held: Held, tookMs: number): Verdict {
    this.looks++;
    const isSame = this.seen?.owner === held.owner && this.seen.beats === held.beats;
    this.unchanged = isSame && tookMs <= LONGEST_LOOK_MS ? this.unchanged + 1 : 0;
    this.seen = held;
    if (this.unchanged >= LOOKS_UNTIL_GONE) return 'GONE';
    return this.looks < MOST_LOOKS ? 'WAIT' : 'TOO_LONG';
  }
}
