import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { getRepositoryToken } from '@nestjs/typeorm';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, JSONWebKeySet, jwtVerify } from 'jose';
import { Repository } from 'typeorm';
import { ClientKey } from '../src/oidc/client-keys/client-key.entity.js';
import { ClientKeys } from '../src/oidc/client-keys/index.js';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { HostileIssuer } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

const KEYS = '/oidc/client-jwks.json';

describe('The keys of a client that authenticates by assertions, when something goes wrong with them', () => {
  let scenario: HostileScenario;
  let replicas: TestApp[];
  beforeEach(async () => {
    scenario = await HostileScenario.open();
    replicas = [scenario.app, await scenario.app.replica(), await scenario.app.replica()];
  });
  afterEach(async () => {
    for (const replica of replicas.slice(1)) await replica.stop({ keepData: true });
    await scenario.close();
  });

  const open = (name: string, listed: unknown = ['ES256']) => {
    const document = (honest: object) => ({
      ...honest,
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: listed,
    });
    return scenario.issuer(name, { document }, { clientAuthentication: 'private_key_jwt' });
  };
  const rows = () => scenario.app.nest.get<Repository<ClientKey>>(getRepositoryToken(ClientKey));
  const keySet = async (app: TestApp) => (await (await fetch(`${app.url}${KEYS}`)).json()) as JSONWebKeySet;
  const kidsAt = async (app: TestApp) => (await keySet(app)).keys.map(({ kid }) => kid).sort();
  const loginAt = async (replica: TestApp) => {
    const browser = new Browser();
    const callback = await scenario.callbackOf(browser);
    return browser.fetch(Object.assign(new URL(callback), { host: new URL(replica.url).host }).href);
  };
  const assertionsAt = ({ asked }: HostileIssuer) =>
    asked.filter(({ endpoint }) => endpoint === 'token').map(({ form }) => String(form.get('client_assertion')));

  it('lost with their table, are made anew for all replicas, which sign with what they publish', async () => {
    const issuer = await open('lost');
    for (const replica of replicas) expect((await loginAt(replica)).status).toBe(302);
    const before = await kidsAt(replicas[0]!);
    await rows().clear();
    const after = await kidsAt(replicas[2]!);
    expect(after.filter((kid) => before.includes(kid))).toEqual([]);
    for (const replica of replicas) expect(await kidsAt(replica)).toEqual(after);
    issuer.asked.length = 0;
    for (const replica of replicas) expect((await loginAt(replica)).status).toBe(302);
    const published = createLocalJWKSet(await keySet(replicas[0]!));
    const currentDate = scenario.app.clock.now();
    for (const one of assertionsAt(issuer)) await jwtVerify(one, published, { currentDate });
  });

  it('sealed with a key that is gone, are named at a login, work again once they are rotated, and are then deleted', async () => {
    const issuer = await open('sealed');
    await keySet(replicas[0]!);
    const lost = await rows().find();
    for (const { id, sealedPrivateKey } of lost)
      await rows().update({ id }, { sealedPrivateKey: `${sealedPrivateKey.slice(0, -6)}AAAAAA` });
    for (const replica of replicas) {
      const { status, text } = await loginAt(replica);
      expect([status, text]).toEqual([503, expect.stringContaining('mooring keys rotate-client')]);
      expect((await keySet(replica)).keys).toEqual([]);
    }
    expect(assertionsAt(issuer)).toEqual([]);
    const rotate = () => replicas[1]!.nest.get(ClientKeys).rotate(0);
    await rotate();
    for (const replica of replicas) expect((await loginAt(replica)).status).toBe(302);
    for (const { clock } of replicas) clock.advance(3_600);
    await rotate();
    const left = (await rows().find()).map(({ id }) => id);
    expect(left.filter((id) => lost.some((one) => one.id === id))).toEqual([]);
  });

  it('rotated at three replicas while people log in there: each assertion is new, and by a published key', async () => {
    const issuer = await open('rotated');
    const logins = async (replica: TestApp) => {
      const statuses = [];
      for (let time = 0; time < 5; time++) statuses.push((await loginAt(replica)).status);
      return statuses;
    };
    const rotations = replicas.map((replica) => replica.nest.get(ClientKeys).rotate(0));
    const [...statuses] = await Promise.all([...replicas.map(logins), ...rotations]);
    expect(new Set(statuses.slice(0, 3).flat())).toEqual(new Set([302]));
    const assertions = assertionsAt(issuer);
    expect(new Set(assertions.map((one) => decodeJwt(one).jti)).size).toBe(15);
    const currentDate = scenario.app.clock.now();
    for (const replica of replicas) {
      const published = createLocalJWKSet(await keySet(replica));
      for (const one of assertions) await jwtVerify(one, published, { currentDate, audience: issuer.url });
    }
  });

  it.each<[string, unknown, string | undefined]>([
    ['none', ['none'], undefined],
    ['shared', ['HS256', 'none', 'RS1', 'es256'], undefined],
    ['many', Array.from({ length: 5000 }, (_, index) => `X${index}`), undefined],
    ['word', 'ES256', 'RS256'],
    ['numbers', [1, null, { alg: 'ES256' }], 'RS256'],
  ])('sign by nothing else than ES256 and RS256, whatever a document lists: %s', async (name, listed, algorithm) => {
    const issuer = await open(name, listed);
    const { status, text } = await loginAt(replicas[0]!);
    const used = assertionsAt(issuer).map((one) => decodeProtectedHeader(one).alg);
    if (algorithm !== undefined) return expect([status, used]).toEqual([302, [algorithm]]);
    expect([status, text, used]).toEqual([502, expect.stringContaining('neither ES256 nor RS256'), []]);
  });
});
