import { Grants, Pool } from './database.js';
import { randomFrom, untilNext } from './random.js';
import { Costs, Replica } from './replica.js';
import { Timeline } from './timeline.js';

/** As in `data-source-options.ts` and `grant-store.service.ts`. */
const [POOL_CONNECTIONS, LEASE_MS] = [10, 120_000];
const WARM_UP_SHARE = 0.2;

/** How requests come: on some connections, each as fast as it is answered, or at random at some rate. */
export type Arrivals = { readonly connections: number } | { readonly perSecond: number };

/** What is simulated. */
export interface Case {
  readonly arrivals: Arrivals;
  readonly replicas: number;
  readonly users: number;
  /** How many of the users have a grant that has expired at the beginning. */
  readonly expired: number;
  readonly costs: Costs;
  /** What the load generator takes for a request with its answer, one after the other, in milliseconds. */
  readonly clientMs: number;
  /** The time from a statement that leaves a replica to its rows, in milliseconds. */
  readonly roundTripMs: number;
  readonly seconds: number;
  readonly seed: number;
}

/** What was seen in a simulation, after its first fifth. */
export interface Seen {
  readonly perSecond: number;
  /** Of the requests' times, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly statementsPerRequest: number;
  /** The share of the time in which a replica computes. */
  readonly busy: number;
  readonly refreshes: number;
  readonly mostRefreshesOfOne: number;
}

const percentile = (sorted: readonly number[], share: number) => sorted[Math.floor(sorted.length * share)] ?? NaN;
const sumOf = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0);

class Run {
  private readonly timeline = new Timeline();
  private readonly random = randomFrom(this.what.seed);
  private readonly grants = new Grants(this.what.users, this.what.expired, LEASE_MS);
  private readonly pools: Pool[] = [];
  private readonly replicas: Replica[] = [];
  private times: number[] = [];
  private clientFreeAt = 0;

  constructor(private readonly what: Case) {
    for (let number = 0; number < what.replicas; number++) {
      const pool = new Pool(this.timeline, POOL_CONNECTIONS, what.roundTripMs);
      this.pools.push(pool);
      this.replicas.push(new Replica(this.timeline, pool, this.grants, what.costs, this.random));
    }
  }

  result(): Seen {
    const { seconds } = this.what;
    this.begin();
    this.timeline.runUntil(seconds * 1000 * WARM_UP_SHARE);
    this.times = [];
    const before = this.totals();
    this.timeline.runUntil(seconds * 1000);
    const after = this.totals();
    const measuredMs = seconds * 1000 * (1 - WARM_UP_SHARE);
    const sorted = this.times.sort((one, other) => one - other);
    const { all, mostOfOne } = this.grants.refreshes();
    return {
      perSecond: sorted.length / (measuredMs / 1000),
      p50: percentile(sorted, 0.5),
      p99: percentile(sorted, 0.99),
      statementsPerRequest: (after.statements - before.statements) / sorted.length,
      busy: (after.busyMs - before.busyMs) / measuredMs / this.replicas.length,
      refreshes: all,
      mostRefreshesOfOne: mostOfOne,
    };
  }

  private totals() {
    return {
      statements: sumOf(this.pools.map(({ statements }) => statements)),
      busyMs: sumOf(this.replicas.map(({ busyMs }) => busyMs)),
    };
  }

  private begin(): void {
    const { arrivals } = this.what;
    if ('connections' in arrivals) {
      for (let number = 0; number < arrivals.connections; number++) this.repeat(number);
      return;
    }
    const meanMs = 1000 / arrivals.perSecond;
    const arrive = (number: number) => {
      this.ask(number, () => undefined);
      this.timeline.after(untilNext(this.random, meanMs), () => arrive(number + 1));
    };
    this.timeline.after(untilNext(this.random, meanMs), () => arrive(0));
  }

  private repeat(number: number): void {
    const { timeline } = this;
    this.clientFreeAt = Math.max(timeline.now, this.clientFreeAt) + this.what.clientMs;
    timeline.after(this.clientFreeAt - timeline.now, () => this.ask(number, () => this.repeat(number)));
  }

  private ask(number: number, answered: () => void): void {
    const begun = this.timeline.now;
    const user = Math.floor(this.random() * this.what.users);
    this.replicas[number % this.replicas.length]?.verify(user, () => {
      this.times.push(this.timeline.now - begun);
      answered();
    });
  }
}

/**
 * Simulates verifications: arrivals, event loops that read together what one turn asks for, pools of connections, and refreshes
 * with one lease for each grant. The same case gives the same result.
 *
 * @throws {Error} if it has too many events
 */
export function simulated(what: Case): Seen {
  return new Run(what).result();
}
