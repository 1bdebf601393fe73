import { DataSource } from 'typeorm';

/** How many connections a pool has, and how many statements wait for one. */
export type PoolState = Readonly<Record<'in_use' | 'idle' | 'waiting', number>>;

interface Lengthy {
  readonly length: number;
}

/** The queues of a pool of mysql2, which has no other way to tell of them. */
interface Pool {
  readonly _allConnections?: Lengthy;
  readonly _freeConnections?: Lengthy;
  readonly _connectionQueue?: Lengthy;
}

/** What reads the state of a data source's pool; undefined with SQLite, which has none. */
export function poolStateOf({ driver, options }: DataSource): (() => PoolState) | undefined {
  if (options.type === 'better-sqlite3') return undefined;
  return () => {
    const { pool = {} } = driver as unknown as { readonly pool?: Pool };
    const [all, idle] = [pool._allConnections?.length ?? 0, pool._freeConnections?.length ?? 0];
    return { in_use: all - idle, idle, waiting: pool._connectionQueue?.length ?? 0 };
  };
}
