import { WriteBehind } from '../common/persistence/write-behind.js';

type Addresses = ReadonlyMap<string, Date>;

/**
 * Writes down behind the answers from which addresses users logged in: in one round no more of one user than are kept at
 * all, so that whoever may name addresses can't make up work without end.
 */
export class TrustWrites {
  private readonly noted: WriteBehind<string, Addresses>;

  /**
   * @param most how many addresses of one user are kept
   * @param write stores those of one user, the oldest first; what it throws is handed to `onFailure`
   */
  constructor(
    most: number,
    write: (owner: string, addresses: Addresses) => Promise<unknown>,
    onFailure: (error: unknown) => void,
  ) {
    const latest = (before: Addresses | undefined, next: Addresses): Addresses =>
      new Map([...(before ?? []), ...next].slice(-most));
    this.noted = new WriteBehind(latest, write, onFailure);
  }

  /** Notes that a user logged in from an address; it is written within the next round. */
  note(owner: string, address: string, at: Date): void {
    this.noted.note(owner, new Map([[address, at]]));
  }

  /** Writes what is noted, now. */
  flush(): Promise<void> {
    return this.noted.flush();
  }
}
