import { yieldToEventLoop } from '../common/runtime/event-loop.js';

/** How many fields of one document are worked on at once: of the connections to the database others need some too. */
const LANES = 4;
/** How long a document may be worked on, in milliseconds, before others are let pass. */
const TURN_MS = 10;

/** Nest makes every one of ours asynchronous. */
type Resolver = (...args: unknown[]) => Promise<unknown>;

/** Keeps one document from taking everything: a few of its fields at a time, and a pause for others in between. */
export class DocumentTurns {
  private readonly lanes: Promise<unknown>[] = [];
  private count = 0;
  private began = performance.now();
  private readonly pause = async () => {
    if (performance.now() - this.began < TURN_MS) return;
    await yieldToEventLoop();
    this.began = performance.now();
  };

  /** Does some work behind what else its lane has to do. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const lane = this.count++ % LANES;
    const before = this.lanes[lane];
    const done = before === undefined ? work() : before.then(this.pause, this.pause).then(work);
    this.lanes[lane] = done;
    return done;
  }
}

/** What is kept with a document while it is answered: the context of its resolvers. */
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
 * Makes the fields that are looked up take turns, document by document. With SQLite a look-up holds the process, and with
 * a pool a connection: without turns a document of many fields would keep everybody else waiting until it is done.
 *
 * @param resolvers of each type those of its fields that are more than a property; scalars, which stay as they are
 */
export function inTurns<T extends object>(resolvers: T): T {
  if (Array.isArray(resolvers)) return resolvers.map((types: object) => inTurns(types)) as unknown as T;
  return changed(resolvers, (type) => (isFields(type) ? changed(type, inTurn) : type));
}

const isFields = (type: unknown): type is object => Object.getPrototypeOf(type) === Object.prototype;

const changed = <T extends object>(object: T, change: (value: unknown) => unknown) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)])) as T;

const inTurn = (resolver: unknown) => (typeof resolver === 'function' ? takingTurns(resolver as Resolver) : resolver);
