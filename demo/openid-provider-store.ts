/** What oidc-provider keeps about one thing: a session, a grant, a token. */
type Payload = Record<string, unknown> & { readonly grantId?: string; readonly uid?: string; consumed?: number };

interface Kept {
  readonly payload: Payload;
  /** In milliseconds since 1970. */
  readonly until: number;
}

const SWEEP_EVERY = 10_000;

/**
 * A store for one provider, in memory and with room for everything: the one that comes with oidc-provider forgets the
 * oldest of a thousand things, so that refresh tokens of other people would end by themselves. Gives the adapter of a model
 * by its name.
 */
export function inMemoryStore(): (model: string) => object {
  const kept = new Map<string, Kept>();
  let written = 0;
  const sweep = () => {
    for (const [key, { until }] of kept) if (until <= Date.now()) kept.delete(key);
  };
  const found = (key: string) => {
    const entry = kept.get(key);
    return entry && entry.until > Date.now() ? entry.payload : undefined;
  };
  return (model) => ({
    upsert(id: string, payload: Payload, expiresInSeconds?: number) {
      if (++written % SWEEP_EVERY === 0) sweep();
      const entry = { payload, until: expiresInSeconds ? Date.now() + expiresInSeconds * 1000 : Infinity };
      kept.set(`${model}:${id}`, entry);
      if (model === 'Session' && payload.uid) kept.set(`${model}:uid:${payload.uid}`, entry);
    },
    find: (id: string) => found(`${model}:${id}`),
    findByUid: (uid: string) => found(`${model}:uid:${uid}`),
    consume(id: string) {
      const payload = found(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: (id: string) => void kept.delete(`${model}:${id}`),
    revokeByGrantId(grantId: string) {
      for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key);
    },
  });
}
