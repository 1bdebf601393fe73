import { appendFileSync, readFileSync } from 'node:fs';
import { writeKept } from './kept-file.js';

/** What oidc-provider keeps about one thing: a session, a grant, a token. */
type Payload = Record<string, unknown> & { readonly grantId?: string; readonly uid?: string; consumed?: number };

interface Kept {
  readonly payload: Payload;
  /** In milliseconds since 1970; for ever when left out. */
  readonly until?: number;
}

/** What is written about a change of a file's store; no entry: it was deleted. */
interface Change {
  readonly key: string;
  readonly entry?: Kept;
}

const SWEEP_EVERY = 10_000;

/**
 * A store for one provider, with room for everything: the one that comes with oidc-provider forgets the oldest of a
 * thousand things, so that refresh tokens of other people would end by themselves. Gives the adapter of a model by its name.
 *
 * @param file where everything is written before it is answered, for the next provider; in memory only when left out
 */
export function providerStore(file?: string): (model: string) => object {
  const kept = file === undefined ? new Map<string, Kept>() : entriesIn(file);
  let written = 0;
  const record = (change: Change) => {
    if (file !== undefined) appendFileSync(file, `${JSON.stringify(change)}\n`);
  };
  const set = (key: string, entry: Kept) => {
    kept.set(key, entry);
    record({ key, entry });
  };
  const remove = (key: string) => {
    if (kept.delete(key)) record({ key });
  };
  const sweep = () => {
    for (const [key, entry] of kept) if (isOver(entry)) kept.delete(key);
    if (file !== undefined) rewrite(file, kept);
  };
  const found = (key: string) => {
    const entry = kept.get(key);
    return entry && !isOver(entry) ? entry : undefined;
  };
  sweep();
  return (model) => ({
    upsert(id: string, payload: Payload, expiresInSeconds?: number) {
      if (++written % SWEEP_EVERY === 0) sweep();
      const entry = { payload, ...(expiresInSeconds ? { until: Date.now() + expiresInSeconds * 1000 } : {}) };
      set(`${model}:${id}`, entry);
      if (model === 'Session' && payload.uid) set(`${model}:uid:${payload.uid}`, entry);
    },
    find: (id: string) => found(`${model}:${id}`)?.payload,
    findByUid: (uid: string) => found(`${model}:uid:${uid}`)?.payload,
    consume(id: string) {
      const entry = found(`${model}:${id}`);
      if (!entry) return;
      entry.payload.consumed = Math.floor(Date.now() / 1000);
      record({ key: `${model}:${id}`, entry });
    },
    destroy: (id: string) => remove(`${model}:${id}`),
    revokeByGrantId(grantId: string) {
      for (const [key, { payload }] of kept) if (payload.grantId === grantId) remove(key);
    },
  });
}

function isOver({ until }: Kept): boolean {
  return until !== undefined && until <= Date.now();
}

function entriesIn(file: string): Map<string, Kept> {
  const entries = new Map<string, Kept>();
  for (const { key, entry } of changesIn(file)) {
    if (entry) entries.set(key, entry);
    else entries.delete(key);
  }
  return entries;
}

function changesIn(file: string): Change[] {
  return textOf(file)
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as Change];
      } catch {
        // The last line of a provider that was killed: it has answered nobody about it.
        return [];
      }
    });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function rewrite(file: string, entries: ReadonlyMap<string, Kept>): void {
  const lines = [...entries].map(([key, entry]) => `${JSON.stringify({ key, entry } satisfies Change)}\n`);
  writeKept(file, lines.join(''));
}
