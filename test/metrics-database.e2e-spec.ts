import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { TEST_SERVER } from './support/fresh-database.js';
import { OidcScenario } from './support/oidc-scenario.js';

const METRICS_TOKEN = 'a-token-of-the-operator-for-metrics';
const MINUTE_SECONDS = 61;
const LOOK_AGAIN_MS = 20;
/** What a stranger may choose; none of it may become the value of a label. */
const STRANGE = 'strange-name-of-a-stranger';

type Samples = ReadonlyMap<string, number>;

describe('The metrics of the database and of what is in it', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.at(await TestApp.start({ METRICS_TOKEN }))));
  afterEach(() => scenario.close());

  const scrape = async (token = METRICS_TOKEN) => {
    const answer = await fetch(`${scenario.app.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    return { status: answer.status, text: await answer.text() };
  };
  const samples = async (): Promise<Samples> => {
    const { text } = await scrape();
    return new Map([...text.matchAll(/^(mooring_\S+) (\S+)$/gm)].map(([, name = '', value]) => [name, Number(value)]));
  };
  /** Scrapes until the counts are those of now: the first scrape after a minute has them made behind it. */
  const counted = async (): Promise<Samples> => {
    scenario.app.clock.advance(MINUTE_SECONDS);
    for (;;) {
      const found = await samples();
      if ((found.get('mooring_counts_age_seconds') ?? Infinity) < MINUTE_SECONDS - 1) return found;
      await pause(LOOK_AGAIN_MS);
    }
  };

  it('are missing until something is counted, and then count logins by their state, and sessions', async () => {
    const first = await samples();
    expect([...first.keys()].filter((name) => /^mooring_(grants|sessions|counts)/.test(name))).toEqual([]);
    const before = await counted();
    expect(before.get('mooring_grants{state="ACTIVE"}')).toBeUndefined();
    const lin = await scenario.onboarded('lin');
    await scenario.onboarded('sam');
    const after = await counted();
    expect(after.get('mooring_grants{state="ACTIVE"}')).toBe(2);
    const sessions = (of: Samples) => of.get('mooring_sessions') ?? NaN;
    expect(sessions(after) - sessions(before)).toBe(2);

    await scenario.configure({ oidc: { recheckMinutes: 1 } });
    const secret = await scenario.secretOf(lin);
    scenario.provider.people.length = 0;
    scenario.app.clock.advance(MINUTE_SECONDS);
    expect((await scenario.verify('lin', secret)).status).not.toBe('VALID');
    const ended = await counted();
    expect(ended.get('mooring_grants{state="ACTIVE"}')).toBe(1);
    expect(ended.get('mooring_grants{state="REFRESH_REJECTED"}')).toBe(1);
  });

  it('count and time statements, and tell of the pool of a database server', async () => {
    const of = async (kind: string) =>
      (await samples()).get(`mooring_database_statement_duration_seconds_count{kind="${kind}"}`) ?? 0;
    const [reads, writes] = [await of('read'), await of('write')];
    await scenario.onboarded('lin');
    expect(await of('read')).toBeGreaterThan(reads);
    expect(await of('write')).toBeGreaterThan(writes);
    const states = [...(await samples()).keys()].filter((name) => name.startsWith('mooring_database_pool'));
    expect(states.map((name) => /state="(\w+)"/.exec(name)?.[1])).toEqual(
      TEST_SERVER ? ['in_use', 'idle', 'waiting'] : [],
    );
  });

  it('count exactly what has happened between two scrapes', async () => {
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    const before = await samples();
    for (let round = 0; round < 3; round++) await scenario.verify('lin', secret);
    await scenario.verify('lin', 'a wrong secret');
    await fetch(`${scenario.app.url}/service/token?service=registry`);
    const after = await samples();
    const grown = [...after].flatMap(([name, value]) =>
      value > (before.get(name) ?? 0) && /_total\{|_count(\{|$)/.test(name)
        ? [[name, value - (before.get(name) ?? 0)]]
        : [],
    );
    expect(Object.fromEntries(grown.filter(([name]) => !String(name).startsWith('mooring_database')))).toEqual({
      'mooring_requests_total{route="/graphql"}': 4,
      'mooring_requests_total{route="/service/token"}': 1,
      'mooring_requests_total{route="/metrics"}': 1,
      'mooring_request_duration_seconds_count{endpoint="graphql",outcome="OK"}': 4,
      'mooring_request_duration_seconds_count{endpoint="registry_token",outcome="OK"}': 1,
      'mooring_verifications_total{status="VALID"}': 3,
      'mooring_verifications_total{status="MISMATCH"}': 1,
      mooring_verification_duration_seconds_count: 4,
      'mooring_audit_events_total{action="cli_secret.verify",outcome="REFUSED"}': 1,
      'mooring_audit_events_total{action="cli_secret.verify",outcome="SUCCEEDED"}': 3,
    });
  });

  it('have no value that a stranger has sent, and are refused to a wrong token', async () => {
    const { app } = scenario;
    const authorization = `Basic ${Buffer.from(`${STRANGE}:${STRANGE}`).toString('base64')}`;
    const scope = `scope=repository:${STRANGE}/${STRANGE}:pull&service=${STRANGE}`;
    await fetch(`${app.url}/service/token?${scope}`, { headers: { authorization } });
    await fetch(`${app.url}/${STRANGE}`);
    await fetch(`${app.url}/c/oidc/callback?error=${STRANGE}&state=${STRANGE}`);
    await scenario.verify(STRANGE, STRANGE);
    await app.ask(new Browser(), `query ${STRANGE.replaceAll('-', '_')} { me { username } }`);
    await counted();
    const { text } = await scrape();
    expect(text).not.toMatch(/strange/);
    const refused = await scrape(`${METRICS_TOKEN}-${STRANGE}`);
    expect([refused.status, refused.text]).toEqual([401, expect.not.stringContaining('mooring_')]);
  });
});
