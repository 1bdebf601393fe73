import type { ProviderLogin } from '../../grants/index.js';

/** Dates are texts in JSON; `vouchedAt` is the stored name of `verifiedAt`, which replicas of other releases read. */
interface StoredLogin extends Omit<ProviderLogin, 'tokens' | 'begunAt'> {
  readonly begunAt: string;
  readonly tokens: Omit<ProviderLogin['tokens'], 'verifiedAt' | 'expiresAt'> & {
    readonly vouchedAt: string;
    readonly expiresAt: string;
  };
}

/** A login as JSON, for the session of its browser. Its names never change: another release may read it. */
export function storedLoginOf({ tokens, begunAt, ...login }: ProviderLogin): string {
  const { verifiedAt, expiresAt, ...others } = tokens;
  const stored: StoredLogin = {
    ...{ ...login, begunAt: begunAt.toISOString() },
    tokens: { ...others, vouchedAt: verifiedAt.toISOString(), expiresAt: expiresAt.toISOString() },
  };
  return JSON.stringify(stored);
}

/** The login that {@link storedLoginOf} wrote, in this release or in another one. */
export function parseStoredLogin(text: string): ProviderLogin {
  const { tokens, begunAt, ...login } = JSON.parse(text) as StoredLogin;
  const { vouchedAt, expiresAt, ...others } = tokens;
  const times = { verifiedAt: new Date(vouchedAt), expiresAt: new Date(expiresAt) };
  return { ...login, tokens: { ...others, ...times }, begunAt: new Date(begunAt) };
}
