import { yieldToEventLoop } from '../common/runtime/event-loop.js';

/** How many fields of one document are resolved at once, so that other requests get database connections too. */
const LANES = 4;
/** How long a document may be worked on before others get a turn, in milliseconds. */
const TURN_MS = 10;

/** A resolver; Nest makes all of ours asynchronous. */
type Resolver = (...args: unknown[]) => Promise<unknown>;

/** Keeps one document from blocking others: it resolves a few fields at a time, and pauses in between. */
export class DocumentTurns {
  private readonly lanes: Promise<unknown>[] = [];
  private count = 0;
  private began = performance.now();
  private readonly pause = async () => {
    if (performance.now() - this.began < TURN_MS) return;
    await yieldToEventLoop();
    this.began = performance.now();
  };

  /** Runs work after the earlier work of its lane. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const lane = this.count++ % LANES;
    const before = this.lanes[lane];
    const done = before === undefined ? work() : before.then(this.pause, this.pause).then(work);
    this.lanes[lane] = done;
    return done;
  }
}

/** The context of the resolvers of one document. */
interface TurnsHolder {
  turns?: DocumentTurns;
}

function takingTurns(resolver: Resolver): Resolver {
  return (...args) => {
    const context = args[2] as TurnsHolder;
    context.turns ??= new DocumentTurns();
    return context.turns.take(() => resolver(...args));
  };
}

/**
 * Makes the fields that have a resolver take turns, per document. A query blocks the process with SQLite, and a connection
 * with a pool: without turns, a document with many fields would block all other requests until it is done.
 *
 * @param resolvers the field resolvers of each type; scalars among them stay as they are
 */
export function inTurns<T extends object>(resolvers: T): T {
  if (Array.isArray(resolvers)) return resolvers.map((types: object) => inTurns(types)) as unknown as T;
  return changed(resolvers, (type) => (isFields(type) ? changed(type, inTurn) : type));
}

const isFields = (type: unknown): type is object => Object.getPrototypeOf(type) === Object.prototype;

const changed = <T extends object>(object: T, change: (value: unknown) => unknown) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)])) as T;

const inTurn = (resolver: unknown) => (typeof resolver === 'function' ? takingTurns(resolver as Resolver) : resolver);
