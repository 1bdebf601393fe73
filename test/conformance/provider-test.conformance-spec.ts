import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BENT_PROVIDERS, BentProvider } from '../support/bent-providers.js';
import { Browser } from '../support/browser.js';
import { TEST_PROVIDER } from '../support/documents.js';
import { HostileScenario } from '../support/hostile-scenario.js';
import { Fault, modelled, PROVIDER_KINDS } from '../support/modelled-providers.js';

const FAULTS: Fault[] = ['nothing', 'the redirect URI', 'the client id', 'the scope', 'the client secret'];
/** What a failed login contradicts, by what its page says. */
const CONTRADICTED: readonly [RegExp, string][] = [
  [/scope/, 'SCOPES'],
  [/client id or secret|as a client/, 'CLIENT_CREDENTIALS'],
  [/redirect/, 'REDIRECT_URI'],
  [/key set can.t be used/, 'SIGNING_KEYS'],
];
/** What a failed login contradicts, by what is wrong. */
const CONTRADICTED_BY_FAULT: Readonly<Record<Fault, readonly string[]>> = {
  nothing: [],
  'the redirect URI': ['REDIRECT_URI'],
  'the client id': ['REDIRECT_URI', 'CLIENT_CREDENTIALS'],
  'the scope': ['SCOPES'],
  'the client secret': ['CLIENT_CREDENTIALS'],
};
const HOUR_SECONDS = 3600;

interface Check {
  readonly name: string;
  readonly status: string;
}

/** A row of the table: what Test OIDC Server said, and what a login then did. */
interface Row {
  readonly provider: string;
  readonly test: string;
  readonly login: string;
}

// Printed as a table at the end.
describe('Test OIDC Server', () => {
  const rows: Row[] = [];
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(async () => {
    await scenario.close();
    print(rows);
  });

  const report = async (): Promise<Check[]> => {
    // At most two questions a minute are asked, and a made-up secret once an hour.
    scenario.app.clock.advance(HOUR_SECONDS);
    const { data } = await scenario.app.ask(scenario.app.admin, TEST_PROVIDER, { input: {} });
    return data.testOidcProvider.report.checks;
  };

  /** How a login ends: `works`, or what the last page says. */
  const login = async (): Promise<string> => {
    const browser = new Browser();
    const page = await scenario.login(browser).catch((error: Error) => ({ status: 0, text: error.message, url: null }));
    if (page.url?.pathname === '/profile') return 'works';
    const [, message = `HTTP ${page.status} at the provider`] = /<p role="alert">([^<]*)<\/p>/.exec(page.text) ?? [];
    return message.replaceAll('&#39;', "'");
  };

  const compared = async (provider: string, { misbehaviour, oidc }: BentProvider, fault: Fault = 'nothing') => {
    await scenario.issuer(`row-${rows.length}`, misbehaviour, oidc);
    const checks = await report();
    const outcome = await login();
    const not = (status: string) => checks.filter((check) => check.status === status).map(({ name }) => name);
    const said = ['FAILED', 'WARNING'].flatMap((status) => not(status).map((name) => `${name} ${status}`));
    rows.push({ provider, test: said.join(', ') || 'nothing wrong', login: outcome });
    if (outcome === 'works') expect({ provider, failed: not('FAILED') }).toEqual({ provider, failed: [] });
    const contradicted = CONTRADICTED.filter(([text]) => outcome !== 'works' && text.test(outcome)).map(
      ([, name]) => name,
    );
    if (outcome !== 'works') contradicted.push(...CONTRADICTED_BY_FAULT[fault]);
    const wrong = not('PASSED').filter((name) => contradicted.includes(name));
    expect({ provider, outcome, wrong }).toEqual({ provider, outcome, wrong: [] });
    return Object.fromEntries(checks.map(({ name, status }) => [name, status]));
  };

  it.each(Object.entries(BENT_PROVIDERS))('is not contradicted by a login: %s', async (what, bent) => {
    await compared(what, bent);
  });

  it.each(Object.keys(PROVIDER_KINDS).flatMap((kind) => FAULTS.map((fault) => [kind, fault] as const)))(
    'is not contradicted by a login at a provider %s; wrong is %s',
    async (name, fault) => {
      const redirectUri = `${scenario.app.url}/c/oidc/callback`;
      const misbehaviour = modelled(PROVIDER_KINDS[name]!, fault, redirectUri);
      const oidc = fault === 'the scope' ? { scope: 'openid,profile,email,offline_access' } : {};
      await compared(`${name}; wrong: ${fault}`, { misbehaviour, oidc }, fault);
    },
  );
});

function print(rows: readonly Row[]): void {
  const widest = (column: keyof Row) => Math.max(...rows.map((row) => row[column].length));
  const [first, second] = [widest('provider'), widest('test')];
  const lines = rows.map(({ provider, test, login }) => `${provider.padEnd(first)}  ${test.padEnd(second)}  ${login}`);
  process.stdout.write(`\nTest OIDC Server and the login after it\n${lines.sort().join('\n')}\n`);
}
