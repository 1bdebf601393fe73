import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, JSONWebKeySet, jwtVerify } from 'jose';
import { ClientKeys } from '../src/oidc/client-keys/index.js';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { HostileIssuer } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

const KEYS = '/oidc/client-jwks.json';
const BY_ASSERTION = { clientAuthentication: 'private_key_jwt' };

describe('A client that authenticates by assertions', () => {
  let scenario: HostileScenario;
  let replicas: TestApp[];
  beforeAll(async () => {
    scenario = await HostileScenario.open();
    replicas = [scenario.app, await scenario.app.replica(), await scenario.app.replica()];
  });
  afterAll(async () => {
    for (const replica of replicas.slice(1)) await replica.stop({ keepData: true });
    await scenario.close();
  });

  const open = (name: string, listed: readonly string[], oidc: object = BY_ASSERTION) => {
    const document = (honest: object) => ({
      ...honest,
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: listed,
    });
    return scenario.issuer(name, { document }, oidc);
  };
  const keySet = async (app: TestApp) => (await (await fetch(`${app.url}${KEYS}`)).json()) as JSONWebKeySet;
  const loginAt = async (replica: TestApp) => {
    const browser = new Browser();
    const callback = await scenario.callbackOf(browser);
    return browser.fetch(Object.assign(new URL(callback), { host: new URL(replica.url).host }).href);
  };
  /** The last assertion, verified by the keys that a replica publishes, or by a set that was kept. */
  const verified = async ({ asked }: HostileIssuer, app: TestApp, kept?: JSONWebKeySet) => {
    const { authorization, form } = asked.filter(({ endpoint }) => endpoint === 'token').at(-1)!;
    expect([authorization, form.has('client_secret')]).toEqual([undefined, false]);
    const keys = createLocalJWKSet(kept ?? (await keySet(app)));
    return jwtVerify(String(form.get('client_assertion')), keys, { currentDate: app.clock.now() });
  };

  it('shares its keys over all replicas, and publishes nothing private', async () => {
    const sets = await Promise.all(replicas.map(keySet));
    expect(sets.map((set) => JSON.stringify(set))).toEqual(Array(3).fill(JSON.stringify(sets[0])));
    expect(sets[0]!.keys.map(({ alg }) => alg).sort()).toEqual(['ES256', 'RS256']);
    expect(sets[0]!.keys.flatMap(Object.keys)).not.toEqual(expect.arrayContaining(['d']));
  });

  it.each(['ES256', 'RS256'])('logs in with assertions by %s at every replica', async (alg) => {
    const issuer = await open(`by-${alg.toLowerCase()}`, [alg]);
    for (const replica of replicas) {
      expect((await loginAt(replica)).status).toBe(302);
      const { payload, protectedHeader } = await verified(issuer, replicas[0]!);
      expect(protectedHeader.alg).toBe(alg);
      expect(payload).toMatchObject({ iss: 'mooring', sub: 'mooring', aud: issuer.url });
    }
  });

  it('announces new keys to all replicas an hour before they sign: a provider that kept the set in between takes both', async () => {
    const issuer = await open('rotated', ['ES256']);
    const kids = async () => (await Promise.all(replicas.map(keySet))).map(({ keys }) => keys.map(({ kid }) => kid));
    const [before] = await kids();
    const keptBefore = await keySet(replicas[0]!);
    await replicas[1]!.nest.get(ClientKeys).rotate(60);
    const [during, ...others] = await kids();
    expect([others, during]).toEqual([[during, during], expect.arrayContaining(before!)]);
    expect(during).toHaveLength(before!.length + 2);
    expect((await loginAt(replicas[2]!)).status).toBe(302);
    expect((await verified(issuer, replicas[0]!, keptBefore)).protectedHeader.kid).toBeDefined();
    const keptDuring = await keySet(replicas[0]!);
    for (const { clock } of replicas) clock.advance(3_600);
    for (const replica of replicas) {
      expect((await loginAt(replica)).status).toBe(302);
      expect(before).not.toContain((await verified(issuer, replica, keptDuring)).protectedHeader.kid);
    }
    // The replaced keys are published for another hour.
    expect((await kids())[2]).toEqual(during);
    for (const { clock } of replicas) clock.advance(3_600);
    expect((await kids())[2]).toEqual(during!.filter((kid) => !before!.includes(kid)));
  });
});
