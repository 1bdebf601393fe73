import type { Grants, Pool } from './database.js';
import type { Random } from './random.js';
import type { Timeline } from './timeline.js';

/** What the work of one replica takes. */
export interface Costs {
  /** CPU time of a request apart from its statements, in milliseconds. */
  readonly requestMs: number;
  /** CPU time for a statement in the replica, in milliseconds. */
  readonly statementMs: number;
  /** CPU time of a refresh apart from its statements, in milliseconds. */
  readonly refreshMs: number;
  /** How long the provider takes for a refresh, in milliseconds. */
  readonly providerMs: number;
}

/** As in `SharedReads`, `RefreshTurns` and `RefreshCoordinator`. */
const [MOST_TOGETHER, MOST_REFRESHES, LOOK_AGAIN_MS] = [256, 128, 100];
/** How a request's CPU time divides: before the service token is read, between the two reads, and after them. */
const [BEFORE, BETWEEN, AFTER] = [0.5, 0.15, 0.35];

interface Task {
  readonly ms: number;
  readonly run: () => void;
}

/** Reads of one kind that are executed together. */
interface SharedRead {
  asked: number;
  wereSeveral: boolean;
  readonly waiting: Map<number, (() => void)[]>;
}

const sharedRead = (): SharedRead => ({ asked: 0, wereSeveral: false, waiting: new Map() });

/**
 * One process: an event loop that does its tasks turn by turn, reads that share a statement with the others of their turn, and
 * refreshes under a lease.
 */
export class Replica {
  private ready: Task[] = [];
  private isTurning = false;
  private readonly reads = [sharedRead(), sharedRead()] as const;
  private readonly refreshing = new Map<number, (() => void)[]>();
  private refreshes = 0;
  private readonly turns: (() => void)[] = [];

  /** CPU time so far, in milliseconds. */
  busyMs = 0;

  constructor(
    private readonly timeline: Timeline,
    private readonly pool: Pool,
    private readonly grants: Grants,
    private readonly costs: Costs,
    private readonly random: Random,
  ) {}

  /** Verifies the secret of a user. */
  verify(user: number, answered: () => void): void {
    const { requestMs } = this.costs;
    const [token, holder] = this.reads;
    const decide = () => {
      if (this.grants.isFresh(user)) return this.do(requestMs * AFTER, answered);
      this.refresh(user, () => this.read(holder, user, () => this.do(requestMs * AFTER, answered)));
    };
    const readHolder = () => this.read(holder, user, () => this.do(0, decide));
    // All requests have the same service token.
    this.do(requestMs * BEFORE, () => this.read(token, 0, () => this.do(requestMs * BETWEEN, readHolder)));
  }

  private do(ms: number, run: () => void): void {
    this.ready.push({ ms, run });
    if (this.isTurning) return;
    this.isTurning = true;
    this.timeline.after(0, () => this.turn());
  }

  /** The tasks that are ready when a turn begins are of that turn; those that they make are of the next one. */
  private turn(): void {
    const tasks = this.ready.splice(0);
    const next = (index: number) => {
      const task = tasks[index];
      if (!task) return this.endTurn();
      this.busyMs += task.ms;
      this.timeline.after(task.ms, () => {
        task.run();
        next(index + 1);
      });
    };
    next(0);
  }

  private endTurn(): void {
    for (const read of this.reads) {
      if (read.asked > 0) read.wereSeveral = read.asked > 1;
      read.asked = 0;
      this.execute(read);
    }
    if (this.ready.length > 0) return this.turn();
    this.isTurning = false;
  }

  private read(read: SharedRead, key: number, done: () => void): void {
    if (read.asked++ === 0 && !read.wereSeveral) return this.statement(done);
    read.waiting.set(key, [...(read.waiting.get(key) ?? []), done]);
  }

  private execute({ waiting }: SharedRead): void {
    const keys = [...waiting.values()];
    waiting.clear();
    for (let from = 0; from < keys.length; from += MOST_TOGETHER) {
      const together = keys.slice(from, from + MOST_TOGETHER);
      this.statement(() => together.flat().forEach((done) => done()));
    }
  }

  private statement(done: () => void): void {
    this.do(this.costs.statementMs, () => this.pool.execute(done));
  }

  /** Callers of one process share a refresh. */
  private refresh(user: number, done: () => void): void {
    const waiting = this.refreshing.get(user);
    if (waiting) return void waiting.push(done);
    this.refreshing.set(user, [done]);
    this.refreshOnce(user, () => {
      const all = this.refreshing.get(user) ?? [];
      this.refreshing.delete(user);
      all.forEach((one) => one());
    });
  }

  private refreshOnce(user: number, done: () => void): void {
    this.statement(() => {
      if (this.grants.isFresh(user)) return done();
      this.takeTurn(() => this.leaseAndAsk(user, done));
    });
  }

  private leaseAndAsk(user: number, done: () => void): void {
    const { providerMs, refreshMs } = this.costs;
    this.statement(() => {
      if (!this.grants.lease(user, this.timeline.now)) {
        this.endRefresh();
        const pauseMs = LOOK_AGAIN_MS * (0.5 + this.random());
        return this.timeline.after(pauseMs, () => this.refreshOnce(user, done));
      }
      const store = () =>
        this.statement(() =>
          this.statement(() => {
            this.grants.renew(user);
            this.endRefresh();
            done();
          }),
        );
      this.timeline.after(providerMs, () => this.do(refreshMs, store));
    });
  }

  private takeTurn(run: () => void): void {
    if (this.refreshes === MOST_REFRESHES) return void this.turns.push(() => this.takeTurn(run));
    this.refreshes++;
    run();
  }

  private endRefresh(): void {
    this.refreshes--;
    this.turns.shift()?.();
  }
}
