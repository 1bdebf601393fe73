import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser, Page } from './support/browser.js';
import { CONFIGURATION, TEST_PROVIDER } from './support/documents.js';
import { GRANT_REFUSALS, refusedGrant } from './support/grant-refusals.js';
import { Asked, HOSTILE_CLIENT_SECRET, HostileIssuer, Misbehaviour } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';
import { LOGIN_REFUSALS, refusedBy } from './support/login-refusals.js';
import { basic, getToken } from './support/registry-client.js';

const EVENTS = `{
  auditEvents(first: 100) { edges { node { action outcome reason detail actor { label } target { label } } } }
}`;
/** The parts of a form that nobody but the provider may read. */
const SECRET_PARTS = ['code', 'code_verifier', 'refresh_token', 'client_secret'];

/** A browser that keeps what Mooring has sent it, and the codes that the provider has. */
class WatchedBrowser extends Browser {
  readonly seen: string[] = [];
  readonly codes: string[] = [];

  constructor(private readonly origin: string) {
    super();
  }

  override async fetch(url: URL | string, init?: RequestInit): Promise<Page> {
    const page = await super.fetch(url, init);
    const location = page.headers.get('location') ?? '';
    if (page.url.origin === this.origin) this.seen.push(page.text, location);
    else this.codes.push(new URL(location, page.url).searchParams.get('code') ?? 'a page of the provider');
    return page;
  }

  override copy(): WatchedBrowser {
    const { seen, codes } = this;
    return Object.assign(new WatchedBrowser(this.origin), { jar: this.jar.cloneSync(), seen, codes });
  }
}

/** What an issuer was sent and has issued that must be kept secret. */
function secretsOf({ asked }: HostileIssuer, issued: readonly string[]): string[] {
  const sent = asked.flatMap(({ form, authorization }: Asked) => [
    ...SECRET_PARTS.flatMap((part) => form.get(part) ?? []),
    ...(authorization === undefined ? [] : [authorization.slice(authorization.indexOf(' ') + 1)]),
  ]);
  return [...new Set([HOSTILE_CLIENT_SECRET, ...sent, ...issued])];
}

/** The same misbehaviour, and the tokens that it issues. */
function recorded({ tokens = (honest) => honest, ...rest }: Misbehaviour = {}) {
  const issued: string[] = [];
  const misbehaviour: Misbehaviour = {
    ...rest,
    tokens: (honest, form) => {
      const answer = tokens(honest, form) as Readonly<Record<string, unknown>>;
      for (const member of ['access_token', 'refresh_token', 'id_token']) {
        const token = answer[member] ?? honest[member];
        if (typeof token === 'string') issued.push(token);
      }
      return answer;
    },
  };
  return { misbehaviour, issued };
}

describe('Nothing secret is seen of', () => {
  let scenario: HostileScenario;
  let row = 0;
  beforeAll(async () => {
    scenario = await HostileScenario.open();
    await scenario.app.configure({ sessionIdleMinutes: 10_080, sessionMaximumMinutes: 43_200 });
  });
  afterAll(() => scenario.close());

  const testReport = async () => (await scenario.app.ask(scenario.app.admin, TEST_PROVIDER, { input: {} })).text;
  const auditLog = async () => (await scenario.app.ask(scenario.app.admin, EVENTS)).text;
  const settings = async () => (await scenario.app.ask(scenario.app.admin, CONFIGURATION)).text;
  /** Where each secret is found, among the places; nowhere is right. */
  const places = (secrets: readonly string[], texts: Readonly<Record<string, string>>) =>
    Object.entries(texts).flatMap(([place, text]) =>
      secrets.filter((secret) => text.includes(secret)).map((secret) => `${secret} in ${place}`),
    );
  const begin = () => {
    scenario.app.clock.advance(61);
    return scenario.app.log.length;
  };
  const logSince = (logged: number) => scenario.app.log.slice(logged).join('');

  it.each(LOGIN_REFUSALS.map((refusal) => [refusal.what, refusal] as const))(
    'a login that is refused because %s: in no page, URL, log, audit event or report',
    async (_what, refusal) => {
      const logged = begin();
      const { misbehaviour, issued } = recorded(refusal.misbehaviour);
      const browser = new WatchedBrowser(scenario.app.url);
      const page = await refusedBy({ ...refusal, misbehaviour }, scenario, `secretive-${row++}`, browser);
      const texts = {
        ...{ page: page.text, sent: browser.seen.join('\n'), audit: await auditLog(), report: await testReport() },
        settings: await settings(),
      };
      const secrets = [...browser.codes, ...secretsOf(scenario.provider.latest, issued)];
      expect(places(secrets, { ...texts, log: logSince(logged) })).toEqual([]);
    },
  );

  it.each(GRANT_REFUSALS.map((refusal) => [refusal.what, refusal] as const))(
    'a registry client that is refused because %s: in no answer, log, audit event or report',
    async (_what, refusal) => {
      const logged = begin();
      const { misbehaviour, issued } = recorded(refusal.misbehaviour);
      const { issuer, secret } = await refusedGrant({ ...refusal, misbehaviour }, scenario, `holder-${row++}`);
      const docker = await getToken(scenario.app.url, { service: 'registry' }, basic(issuer.username, secret));
      const verified = await scenario.verify(issuer.username, secret);
      const texts = {
        ...{ docker: JSON.stringify(docker.body), verified: JSON.stringify(verified), audit: await auditLog() },
        report: await testReport(),
      };
      const secrets = [secret, ...secretsOf(issuer, issued)];
      expect(docker.status).not.toBe(200);
      expect(places(secrets, { ...texts, log: logSince(logged) })).toEqual([]);
    },
  );
});
