import { WriteBehind } from '../common/persistence/write-behind.js';

type Addresses = ReadonlyMap<string, Date>;

/**
 * Writes trusted addresses in the background. Per user and round it writes at most as many as are kept, so that a client
 * that may set the address header cannot cause unlimited work.
 */
export class TrustWrites {
  private readonly noted: WriteBehind<string, Addresses>;

  /**
   * @param most how many addresses of one user are kept
   * @param write stores the addresses of one user, the oldest first; what it throws is passed to `onFailure`
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

  /** Notes an address that a user logged in from; it is written in the next round. */
  note(owner: string, address: string, at: Date): void {
    this.noted.note(owner, new Map([[address, at]]));
  }

  /** Writes everything noted, now. */
  flush(): Promise<void> {
    return this.noted.flush();
  }
}
