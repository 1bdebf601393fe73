import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader, importX509, JWTPayload, jwtVerify } from 'jose';
import { X509Certificate } from 'node:crypto';
import { DataSource } from 'typeorm';
import { ServiceKey } from '../src/registry/keys/service-key.entity.js';
import { ServiceKeys } from '../src/registry/keys/service-keys.service.js';
import { TestApp } from './support/app.js';
import { CREATE_RULE, CREATE_USER } from './support/documents.js';
import { basic, getToken, postToken } from './support/registry-client.js';
import { sendRaw } from './support/raw-request.js';

const PASSWORD = 'First-password-1';
const PATHS = {
  registry: '/service/certificate',
  'Docker registry': '/service/certificate',
  zot: '/service/certificate/zot',
  'Another zot': '/service/certificate/Another%20zot',
} as const;
const SERVICES = Object.keys(PATHS) as (keyof typeof PATHS)[];
const DETAILS = `query Details($targetId: ID!) { auditEvents(filter: { targetId: $targetId }) { edges { node { detail } } } }`;
const EXPLAIN = `query Explain($username: String, $repository: String!, $action: RegistryAction!, $service: String) {
  explainAccess(username: $username, repository: $repository, action: $action, service: $service) { allowed }
}`;
const UPDATE_RULE = `mutation UpdateRule($input: UpdateAccessRuleInput!) {
  updateAccessRule(input: $input) { accessRule { id service } }
}`;
const RULES = '{ accessRules(first: 100) { edges { node { repositoryPattern service } } } }';
const SERVICE_LIST = '{ registryServices { name certificateUrl hasOwnCertificate } }';

const certificatesIn = (pem: string) =>
  (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (one) => new X509Certificate(one),
  );

/** Verifies as zot does: with the public key of the first certificate of its file, and nothing else but the times. */
async function atKeyHolder(pem: string, token: string, currentDate: Date): Promise<JWTPayload> {
  const [certificate] = certificatesIn(pem);
  const options = { algorithms: ['ES256'], currentDate };
  return (await jwtVerify(token, await importX509(certificate!.toString(), 'ES256'), options)).payload;
}

/** Verifies as Distribution does: a chain of `x5c` to a certificate of its file, then issuer and audience. */
async function atDistribution(pem: string, token: string, audience: string, currentDate: Date): Promise<JWTPayload> {
  const leaf = new X509Certificate(Buffer.from(decodeProtectedHeader(token).x5c![0]!, 'base64'));
  const isTrusted = certificatesIn(pem).some(
    (root) => root.raw.equals(leaf.raw) || (root.ca && leaf.verify(root.publicKey)),
  );
  if (!isTrusted) throw new Error('The certificate of the token is not trusted.');
  const options = { algorithms: ['ES256'], issuer: 'mooring', audience, currentDate };
  return (await jwtVerify(token, await importX509(leaf.toString(), 'ES256'), options)).payload;
}

describe('The registry services', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await TestApp.start({
      REGISTRY_SERVICES: 'registry, Docker registry, zot;key=certificate, Another zot;key=certificate',
    });
    app.clock.stop();
    const input = { username: 'lin', password: PASSWORD, email: 'lin@example.org' };
    await app.ask(app.admin, CREATE_USER, { input });
  });
  afterEach(() => app.stop());

  const read = (path: string) => fetch(`${app.url}${path}`);
  const pemOf = async (service: keyof typeof PATHS) => (await read(PATHS[service])).text();
  const tokenFor = async (query: Record<string, string>): Promise<string> =>
    (await getToken(app.url, query, basic('lin', PASSWORD))).body.token;
  const accepts = (verified: Promise<unknown>) => verified.then(() => true).catch(() => false);
  const accessAt = async (service: keyof typeof PATHS, scope: string) => {
    const token = await tokenFor({ service, scope });
    const { access } = await atDistribution(await pemOf(service), token, service, app.clock.now());
    return (access as { actions: string[] }[]).flatMap(({ actions }) => actions);
  };
  const makeRule = (rule: object) =>
    app.ask(app.admin, CREATE_RULE, {
      input: { rule: { repositoryPattern: 'team/*', actions: ['PULL'], subjectKind: 'AUTHENTICATED', ...rule } },
    });

  it('each verify their own tokens only, by certificate and audience', async () => {
    for (const asked of SERVICES) {
      const token = await tokenFor({ service: asked });
      for (const at of SERVICES) {
        const verified = atDistribution(await pemOf(at), token, at, app.clock.now());
        expect([asked, at, await accepts(verified)]).toEqual([asked, at, asked === at]);
      }
    }
  });

  it('with certificates of their own are told apart by the key alone, which no other registry trusts', async () => {
    for (const asked of SERVICES) {
      const token = await tokenFor({ service: asked });
      for (const at of ['zot', 'Another zot'] as const) {
        const verified = atKeyHolder(await pemOf(at), token, app.clock.now());
        expect([asked, at, await accepts(verified)]).toEqual([asked, at, asked === at]);
      }
    }
    const { keys } = (await (await read('/.well-known/jwks.json')).json()) as { keys: { kid: string }[] };
    for (const service of ['zot', 'Another zot']) {
      const { kid } = decodeProtectedHeader(await tokenFor({ service }));
      expect(keys.map((key) => key.kid)).not.toContain(kid);
    }
  });

  it('are named by the audience of a token, by GET and POST; a request without a service is for the first', async () => {
    const pem = await pemOf('registry');
    const verified = async (token: string) => (await atDistribution(pem, token, 'registry', app.clock.now())).aud;
    expect(await verified(await tokenFor({}))).toBe('registry');
    const form = { grant_type: 'password', username: 'lin', password: PASSWORD };
    expect(await verified((await postToken(app.url, form)).body.token)).toBe('registry');
    const answer = await postToken(app.url, { ...form, service: 'zot' });
    expect(await atKeyHolder(await pemOf('zot'), answer.body.token, app.clock.now())).toMatchObject({ aud: 'zot' });
  });

  it.each([
    [[['service', 'Zot']], 'Unknown service: it must be one of those in REGISTRY_SERVICES.'],
    [[['service', 'zot;key=certificate']], 'Unknown service: it must be one of those in REGISTRY_SERVICES.'],
    [[['service', 'zot ']], 'Unknown service: it must be one of those in REGISTRY_SERVICES.'],
    [[['service', '']], 'Unknown service: it must be one of those in REGISTRY_SERVICES.'],
    [[['service', '<b>'.repeat(90)]], 'Unknown service: it must be one of those in REGISTRY_SERVICES.'],
    [
      [
        ['service', 'zot'],
        ['service', 'registry'],
      ],
      'Send service only once.',
    ],
  ] as [[string, string][], string][])(
    'that are not known are refused, by GET and POST: %j',
    async (query, message) => {
      const credentials: [string, string][] = [
        ['grant_type', 'password'],
        ['username', 'lin'],
        ['password', PASSWORD],
      ];
      const answers = [
        await getToken(app.url, query, basic('lin', PASSWORD)),
        await postToken(app.url, [...query, ...credentials]),
      ];
      for (const answer of answers) expect([answer.status, answer.message]).toEqual([400, message]);
    },
  );

  it.each(
    [
      ...['/zot/', '/zot/x', '/Zot', '/zo%74%00', '/..', '/%2e%2e', '/..%2fcertificate', '/zot%2f', '/zot%2f..', '/'],
      ...['/registry', '/Docker%20registry', '/__proto__', '/<script>', `/${'z'.repeat(100)}`, `/${'z'.repeat(2000)}`],
    ].map((path) => [path.slice(0, 40), path] as const),
  )('have no certificate at /service/certificate%s, whose name no answer repeats', async (_shown, path) => {
    const answer = await sendRaw(app.url, { method: 'GET', target: `/service/certificate${path}` });
    expect([path, answer.status]).toEqual([path, 404]);
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    expect(JSON.parse(answer.body)).toEqual({
      errors: [
        { code: 'NO_SUCH_CERTIFICATE', message: expect.stringContaining('all others use /service/certificate') },
      ],
    });
    for (const part of ['zzz', 'script>', '__proto__', 'Docker']) expect(answer.body).not.toContain(part);
  });

  it('publish certificates that caches ask for each time, and that are no documents', async () => {
    for (const path of Object.values(PATHS)) {
      const answer = await read(path);
      expect(answer.status).toBe(200);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        ...{
          'cache-control': 'no-cache',
          'content-type': 'application/x-pem-file',
          'x-content-type-options': 'nosniff',
        },
      });
    }
  });

  it('announce the next certificate, with which tokens are signed only from its time on', async () => {
    const first = await pemOf('zot');
    expect((await read('/service/certificate/zot?next')).status).toBe(404);
    const { certificate: next } = await app.nest.get(ServiceKeys).rotate('zot', 60);
    expect(await (await read('/service/certificate/zot?next')).text()).toBe(next);
    expect(await pemOf('zot')).toBe(first + next);
    const before = await tokenFor({ service: 'zot' });
    const now = app.clock.now();
    expect(await accepts(atKeyHolder(first + next, before, now))).toBe(true);
    expect(await accepts(atKeyHolder(next, before, now))).toBe(false);
    app.clock.advance(3600);
    const after = await tokenFor({ service: 'zot' });
    expect(await pemOf('zot')).toBe(next + first);
    expect(await accepts(atKeyHolder(await pemOf('zot'), after, app.clock.now()))).toBe(true);
    // A registry that reads all of its file accepts both, whenever it was fetched.
    for (const pem of [first + next, next + first]) {
      expect(await accepts(atDistribution(pem, before, 'zot', now))).toBe(true);
      expect(await accepts(atDistribution(pem, after, 'zot', app.clock.now()))).toBe(true);
    }
    app.clock.advance(61 * 60);
    expect(await pemOf('zot')).toBe(next);
  });

  it('may be named by an access rule, which then counts at that registry only', async () => {
    const scope = 'repository:team/app:pull,push';
    const { id } = (await makeRule({ service: 'zot' })).data.createAccessRule.accessRule;
    for (const service of SERVICES)
      expect([service, await accessAt(service, scope)]).toEqual([service, service === 'zot' ? ['pull'] : []]);
    const explained = async (service?: string | null) => {
      const question = { username: 'lin', repository: 'team/app', action: 'PULL', service };
      const { data, code } = await app.ask(app.admin, EXPLAIN, question);
      return code ?? data.explainAccess.allowed;
    };
    expect(await explained('zot')).toBe(true);
    expect(await explained('Another zot')).toBe(false);
    expect([await explained(null), await explained(undefined)]).toEqual([false, false]);
    expect(await explained('unknown')).toBe('BAD_USER_INPUT');
    const update = async (rule: object) => {
      const common = { repositoryPattern: 'team/*', actions: ['PUSH'], subjectKind: 'AUTHENTICATED' };
      const input = { accessRuleId: id, rule: { ...common, ...rule } };
      return (await app.ask(app.admin, UPDATE_RULE, { input })).data.updateAccessRule.accessRule.service;
    };
    // Clients that do not know services leave them as they are.
    expect(await update({})).toBe('zot');
    expect([await accessAt('zot', scope), await accessAt('registry', scope)]).toEqual([['push'], []]);
    expect(await update({ service: null })).toBeNull();
    for (const service of SERVICES) expect(await accessAt(service, scope)).toEqual(['push']);
    const { edges } = (await app.ask(app.admin, DETAILS, { targetId: id })).data.auditEvents;
    const details = edges.map(({ node }: { node: { detail: string | null } }) => node.detail);
    expect(details).toEqual([null, 'for the service "zot"', 'for the service "zot"']);
  });

  it('whose key cannot be decrypted are told so, in one log line, while the others go on', async () => {
    const { dataDir, registryServices } = app.environment;
    const rows = app.nest.get(DataSource).getRepository(ServiceKey);
    await rows.update({ service: 'zot' }, { sealedPrivateKey: 'v1.another.key' });
    const listed = registryServices.map(({ name, hasOwnCertificate }) =>
      hasOwnCertificate ? `${name};key=certificate` : name,
    );
    const other = await TestApp.start({
      ...{ DATA_DIR: dataDir, ADMIN_PASSWORD: app.adminPassword, REGISTRY_SERVICES: listed.join() },
    });
    const askFor = (service: string) => getToken(other.url, { service }, basic('lin', PASSWORD));
    for (const answer of [await askFor('zot'), await askFor('zot')])
      expect([answer.status, answer.body.errors]).toEqual([
        503,
        [{ code: 'SERVICE_KEY_UNUSABLE', message: expect.stringContaining('mooring keys rotate --service') }],
      ]);
    expect((await fetch(`${other.url}/service/certificate/zot`)).status).toBe(503);
    for (const service of ['registry', 'Another zot']) expect((await askFor(service)).status).toBe(200);
    expect(other.log.filter((line) => line.includes('service_keys'))).toHaveLength(1);
    await other.stop({ keepData: true });
  });

  it('that are not listed are refused in a rule', async () => {
    for (const service of ['Zot', '', 'zot;key=certificate', 'z'.repeat(5000)]) {
      const { errors } = await makeRule({ service });
      expect(errors[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: ['input', 'rule', 'service'], code: 'UNKNOWN' }],
      });
    }
    const { edges } = (await app.ask(app.admin, RULES)).data.accessRules;
    expect(edges.map(({ node }: { node: object }) => node)).toEqual([
      { repositoryPattern: 'users/${username}/**', service: null },
    ]);
  });

  it('are listed for administrators, with their certificates', async () => {
    const { data } = await app.ask(app.admin, SERVICE_LIST);
    expect(data.registryServices).toEqual(
      SERVICES.map((name) => ({
        name,
        certificateUrl: `${app.url}${PATHS[name]}`,
        hasOwnCertificate: PATHS[name] !== '/service/certificate',
      })),
    );
    expect((await app.ask(await app.loggedIn('lin', PASSWORD), SERVICE_LIST)).code).toBe('FORBIDDEN');
    expect((await app.ask(undefined, SERVICE_LIST)).code).toBe('UNAUTHENTICATED');
  });
});
