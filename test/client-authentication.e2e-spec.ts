import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { TEST_PROVIDER } from './support/documents.js';
import { HOSTILE_CLIENT_SECRET, HostileIssuer, Misbehaviour } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

const BASIC = 'client_secret_basic';
const POST = 'client_secret_post';

/** A client registration at the provider, which a story may change. */
interface Registration {
  /** The only method that the provider takes from this client; null: it refuses the secret by every method. */
  method: string | null;
  /** Whether a refusal of the client uses up the code. */
  spendsCodes?: boolean;
}

function methodIn({ authorization }: { authorization: string | undefined }): string {
  return authorization === undefined ? POST : BASIC;
}

function isSecretIn({ authorization, form }: HostileIssuer['asked'][number]): boolean {
  if (authorization === undefined) return form.get('client_secret') === HOSTILE_CLIENT_SECRET;
  return Buffer.from(authorization.slice('Basic '.length), 'base64').toString().endsWith(`:${HOSTILE_CLIENT_SECRET}`);
}

function registered(registration: Registration, listed: unknown, issuer: () => HostileIssuer): Misbehaviour {
  const spent = new Set<string>();
  return {
    document: (honest) => ({ ...honest, token_endpoint_auth_methods_supported: listed }),
    answer: (endpoint, _request, response) => {
      if (endpoint !== 'token') return false;
      const asked = issuer().asked.at(-1)!;
      const code = String(asked.form.get('code'));
      const isOurs = methodIn(asked) === registration.method && isSecretIn(asked);
      if (!isOurs && registration.spendsCodes) spent.add(code);
      if (isOurs && !spent.has(code)) return false;
      const [status, error] = isOurs ? [400, 'invalid_grant'] : [401, 'invalid_client'];
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
      return true;
    },
  };
}

describe('Client authentication', () => {
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

  const open = async (name: string, registration: Registration, listed: unknown) => {
    const issuer: HostileIssuer = await scenario.issuer(
      name,
      registered(registration, listed, () => issuer),
    );
    return issuer;
  };
  const tried = (issuer: HostileIssuer) => {
    const requests = issuer.asked.filter(({ endpoint }) => endpoint === 'token').map(methodIn);
    issuer.asked.length = 0;
    return requests;
  };
  const tested = async () => {
    const { data } = await scenario.app.ask(scenario.app.admin, TEST_PROVIDER, { input: {} });
    const checks = data.testOidcProvider.report.checks as Record<'name' | 'status' | 'detail' | 'remedy', string>[];
    return checks.find(({ name }) => name === 'CLIENT_CREDENTIALS')!;
  };
  /** Logs in, and comes back to another replica than the one at which the login began. */
  const loginAt = async (replica: TestApp) => {
    const browser = new Browser();
    const callback = await scenario.callbackOf(browser);
    return browser.fetch(Object.assign(new URL(callback), { host: new URL(replica.url).host }).href);
  };

  it.each([
    ['basic-both', BASIC, [BASIC, POST], [BASIC]],
    ['basic-none', BASIC, undefined, [BASIC]],
    ['basic-post', BASIC, [POST], [POST, BASIC]],
    ['basic-other', BASIC, ['private_key_jwt'], [BASIC]],
    ['post-both', POST, [BASIC, POST], [BASIC, POST]],
    ['post-none', POST, undefined, [BASIC, POST]],
    ['post-post', POST, [POST], [POST]],
    ['post-other', POST, ['private_key_jwt'], [BASIC, POST]],
  ])('logs in with the client of %s, registered for %s only, at a document that lists %j', async (...row) => {
    const [name, method, listed, order] = row;
    const issuer = await open(name, { method }, listed);
    await scenario.loggedIn(issuer);
    expect(tried(issuer)).toEqual(order);
    await scenario.loggedIn(issuer);
    expect(tried(issuer)).toEqual([method]);
  });

  it('is tried by both methods in the test of the settings, which says which one is refused and which is taken', async () => {
    const issuer = await open('tested', { method: POST }, [BASIC, POST]);
    const { status, detail } = await tested();
    expect(status).toBe('PASSED');
    expect(detail).toContain(`refuses ${BASIC} (invalid_client)`);
    expect(detail).toContain(`accepts the client (${POST})`);
    // Then a made-up code, and a made-up secret.
    expect(tried(issuer)).toEqual([BASIC, POST, POST, POST]);
    await scenario.loggedIn(issuer);
    expect(tried(issuer)).toEqual([POST]);
  });

  it('fails the test of the settings by both methods, and where the document lists none of them', async () => {
    const issuer = await open('refused', { method: null }, [BASIC, POST]);
    expect(await tested()).toMatchObject({ status: 'FAILED', detail: expect.stringMatching(/basic.*post/) });
    expect(tried(issuer)).toEqual([BASIC, POST]);
    await open('not-offered', { method: null }, ['client_secret_jwt', 'tls_client_auth']);
    const { status, detail } = await tested();
    expect([status, detail]).toEqual(['FAILED', expect.stringContaining("no method of Mooring's is offered")]);
    await open('another-offered', { method: null }, ['private_key_jwt', 'tls_client_auth']);
    expect((await tested()).remedy).toContain('Set the client authentication to private_key_jwt');
  });

  it('learned at one replica is known to all, and a method that the provider exchanges is found again by any', async () => {
    const registration: Registration = { method: POST };
    const issuer = await open('shared', registration, [BASIC, POST]);
    for (const replica of replicas) expect((await loginAt(replica)).status).toBe(302);
    expect(tried(issuer)).toEqual([BASIC, POST, POST, POST]);
    registration.method = BASIC;
    for (const replica of replicas) expect((await loginAt(replica)).status).toBe(302);
    expect(tried(issuer)).toEqual([POST, BASIC, POST, BASIC, POST, BASIC]);
    for (const replica of replicas) expect((await loginAt(replica)).status).toBe(302);
    expect(tried(issuer)).toEqual([BASIC, BASIC, BASIC]);
  });

  it('with a secret that has expired tries the other method once in ten minutes over all replicas', async () => {
    const registration: Registration = { method: BASIC };
    const issuer = await open('expired', registration, [BASIC, POST]);
    for (const replica of replicas) expect((await loginAt(replica)).status).toBe(302);
    expect(tried(issuer)).toEqual([BASIC, BASIC, BASIC]);
    registration.method = null;
    for (const replica of [...replicas, ...replicas]) {
      const { status, text } = await loginAt(replica);
      expect([status, text]).toEqual([502, expect.stringContaining('client id or secret')]);
    }
    expect(tried(issuer)).toEqual([BASIC, POST, ...Array<string>(5).fill(BASIC)]);
    for (const replica of replicas) replica.clock.advance(600);
    for (const replica of replicas) expect((await loginAt(replica)).status).toBe(502);
    expect(tried(issuer)).toEqual([BASIC, POST, BASIC, BASIC]);
  });

  it('that spends the code with its first try begins the login again, and the next login begins with the other method', async () => {
    const issuer = await open('spent', { method: POST, spendsCodes: true }, [BASIC, POST]);
    const { status, headers } = await loginAt(replicas[1]!);
    expect([status, headers.get('location')]).toEqual([302, expect.stringContaining(`${issuer.url}/authorize?`)]);
    expect((await loginAt(replicas[2]!)).status).toBe(302);
    expect(tried(issuer)).toEqual([BASIC, POST, POST]);
  });
});
