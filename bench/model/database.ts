import type { Timeline } from './timeline.js';

/** The connections of a replica's pool, of which each executes one statement at a time. */
export class Pool {
  private readonly waiting: (() => void)[] = [];
  private free: number;

  /** How many statements were executed. */
  statements = 0;

  constructor(
    private readonly timeline: Timeline,
    connections: number,
    private readonly roundTripMs: number,
  ) {
    this.free = connections;
  }

  /** Executes a statement when a connection is free. */
  execute(done: () => void): void {
    if (this.free === 0) return void this.waiting.push(() => this.execute(done));
    this.free--;
    this.statements++;
    this.timeline.after(this.roundTripMs, () => {
      this.free++;
      done();
      this.waiting.shift()?.();
    });
  }
}

interface Grant {
  isFresh: boolean;
  leaseUntil: number;
  refreshes: number;
}

/** The grants of all users, as the replicas see them in one database. */
export class Grants {
  private readonly grants: Grant[];

  constructor(
    users: number,
    expired: number,
    private readonly leaseMs: number,
  ) {
    this.grants = Array.from({ length: users }, (_, user) => ({
      isFresh: user >= expired,
      leaseUntil: -Infinity,
      refreshes: 0,
    }));
  }

  /** Whether a user's grant has time left. */
  isFresh(user: number): boolean {
    return this.of(user).isFresh;
  }

  /** Takes the lease of an expired grant; false if another replica has it, or the grant is fresh by now. */
  lease(user: number, now: number): boolean {
    const grant = this.of(user);
    if (grant.isFresh || grant.leaseUntil >= now) return false;
    grant.leaseUntil = now + this.leaseMs;
    return true;
  }

  /** Stores the result of a refresh, and gives the lease back. */
  renew(user: number): void {
    const grant = this.of(user);
    Object.assign(grant, { isFresh: true, leaseUntil: -Infinity, refreshes: grant.refreshes + 1 });
  }

  /** How often grants were refreshed: all of them together, and the one that was refreshed most. */
  refreshes(): { readonly all: number; readonly mostOfOne: number } {
    const counts = this.grants.map(({ refreshes }) => refreshes);
    return {
      all: counts.reduce((sum, one) => sum + one, 0),
      mostOfOne: counts.reduce((most, one) => Math.max(most, one), 0),
    };
  }

  private of(user: number): Grant {
    return this.grants[user] as Grant;
  }
}
