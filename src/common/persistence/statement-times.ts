import { tracingChannel } from 'node:diagnostics_channel';

/** What a statement does: reads, writes, either beside the requests (lists, counts, indexing), or anything else. */
export type StatementKind = 'read' | 'write' | 'beside' | 'other';

/** A statement that runs; its text has placeholders in place of values. */
export interface RunningStatement {
  readonly engine: 'sqlite' | 'server';
  readonly kind: StatementKind;
  readonly sql: string;
}

/** Every statement, for traces. Nobody listens unless the operator turned them on, and then nothing is published. */
export const statements = tracingChannel<unknown, RunningStatement>('mooring.statement');

/** Is told how long a statement took, with the wait for a connection, whether it failed or not. */
export type StatementObserver = (kind: StatementKind, seconds: number) => void;

const FIRST_WORD = /^\s*(?:\/\*.*?\*\/\s*)*(\w+)/;
const BESIDE = /^\/\* (?:write )?beside requests \*\//;
const KINDS: Readonly<Record<string, StatementKind>> = {
  SELECT: 'read',
  WITH: 'read',
  INSERT: 'write',
  UPDATE: 'write',
  DELETE: 'write',
  REPLACE: 'write',
};

/** The kind of a statement by its text. */
export function kindOf(sql: string): StatementKind {
  if (BESIDE.test(sql)) return 'beside';
  const [, word = ''] = FIRST_WORD.exec(sql) ?? [];
  return KINDS[word.toUpperCase()] ?? 'other';
}

/** Times the statements of one data source for its one observer. */
export class StatementTimes {
  private observer?: StatementObserver;

  constructor(private readonly engine: RunningStatement['engine']) {}

  /** Tells it of all further statements. */
  tell(observer: StatementObserver): void {
    this.observer = observer;
  }

  /** Runs a statement, and tells of it when it has ended. */
  run<T>(sql: string, query: () => Promise<T>): Promise<T> {
    const isTraced = statements.start.hasSubscribers;
    if (!this.observer && !isTraced) return query();
    const kind = kindOf(sql);
    const began = performance.now();
    const running = isTraced ? statements.tracePromise(query, { engine: this.engine, kind, sql }) : query();
    const done = () => this.observer?.(kind, (performance.now() - began) / 1000);
    running.then(done, done);
    return running;
  }
}
