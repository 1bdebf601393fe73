import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { TEST_PROVIDER } from './support/documents.js';
import { HOSTILE_CLIENT_SECRET, HostileIssuer } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

const TIMES = 50;
const MADE_UP = 'mooring-test-not-a-secret-';

type Asked = HostileIssuer['asked'][number];

function secretIn({ authorization, form }: Asked): string {
  if (authorization === undefined) return form.get('client_secret') ?? '';
  return Buffer.from(authorization.slice('Basic '.length), 'base64').toString().split(':')[1] ?? '';
}

interface Check {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
}

describe('The questions of Test OIDC Server', () => {
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

  /** A provider that knows the secret, shows its login page for every request, and refuses other redirect URIs. */
  const open = async (name: string, doesTell = true) => {
    const issuer: HostileIssuer = await scenario.issuer(name, {
      answer: (endpoint, _request, response) => {
        const asked = issuer.asked.at(-1)!;
        if (endpoint === 'authorize') {
          const isOther = asked.form.get('redirect_uri')?.endsWith('/callback') === false;
          return Boolean(response.writeHead(isOther ? 400 : 200).end('<p>Log in</p>'));
        }
        if (endpoint !== 'token') return false;
        const isRefused = doesTell && secretIn(asked) !== HOSTILE_CLIENT_SECRET;
        response.writeHead(isRefused ? 401 : 400, { 'content-type': 'application/json' });
        return Boolean(response.end(JSON.stringify({ error: isRefused ? 'invalid_client' : 'invalid_grant' })));
      },
    });
    return issuer;
  };
  const test = async (replica: TestApp, oidc?: object): Promise<Check[]> => {
    const { data } = await replica.ask(replica.admin, TEST_PROVIDER, { input: oidc ? { oidc } : {} });
    return data.testOidcProvider.report.checks;
  };
  const clicked = async (oidc?: object) => {
    const reports: Check[][] = [];
    for (let times = 0; times < TIMES; times++) reports.push(await test(replicas[times % replicas.length]!, oidc));
    return (name: string) => reports.map((checks) => checks.find((check) => check.name === name)!.status);
  };
  const counted = (issuer: HostileIssuer) => {
    const wrong = issuer.asked.filter((one) => secretIn(one).startsWith(MADE_UP)).length;
    const token = issuer.timesAsked('token') - wrong;
    const counts = { authorize: issuer.timesAsked('authorize'), wrong, token, keys: issuer.timesAsked('keys') };
    issuer.asked.length = 0;
    return counts;
  };
  const pass = (seconds: number) => replicas.forEach(({ clock }) => clock.advance(seconds));

  it('are no more than said, with three replicas and fifty clicks, and the verdicts stay', async () => {
    const issuer = await open('clicked');
    pass(61);
    const of = await clicked();
    expect(new Set(of('REDIRECT_URI'))).toEqual(new Set(['PASSED']));
    expect(new Set(of('CLIENT_CREDENTIALS'))).toEqual(new Set(['PASSED']));
    expect(counted(issuer)).toEqual({ authorize: 2, wrong: 1, token: 20, keys: 10 });
    pass(61);
    await clicked();
    expect(counted(issuer)).toEqual({ authorize: 2, wrong: 0, token: 20, keys: 10 });
  });

  it('are no more than said where all are clicked at once, and for settings that are not saved', async () => {
    const issuer = await open('at-once');
    pass(61);
    const names = Array.from({ length: TIMES }, (_, times) => `openid,profile,scope-${times}`);
    await Promise.all(names.map((scope, times) => test(replicas[times % replicas.length]!, { scope })));
    const { authorize, wrong, token } = counted(issuer);
    expect([authorize, wrong]).toEqual([2, 1]);
    expect(token).toBeLessThanOrEqual(20);
  });

  it('try a wrong secret once for each revision of the settings, and once an hour at most', async () => {
    const issuer = await open('revisions', false);
    const saved = async (seconds: number) => {
      await scenario.app.configure({ oidc: { name: `After ${seconds} seconds` } });
      pass(seconds);
      for (const replica of replicas) await test(replica);
      return counted(issuer).wrong;
    };
    expect(await saved(61)).toBe(2);
    expect([await saved(61), await saved(61)]).toEqual([0, 0]);
    expect(await saved(3600)).toBe(2);
    pass(7200);
    await test(replicas[1]!);
    expect(counted(issuer).wrong).toBe(0);
    const [check] = (await test(replicas[2]!)).filter(({ name }) => name === 'CLIENT_CREDENTIALS');
    expect(check).toMatchObject({ status: 'SKIPPED', detail: expect.stringContaining('in the same way') });
  });

  it('leave nothing of secrets, codes and tokens in reports, logs and URLs', async () => {
    const issuer = await open('quiet');
    pass(61);
    const report = JSON.stringify(await test(scenario.app));
    const urls = issuer.asked.filter(({ endpoint }) => endpoint === 'authorize').map(({ form }) => form.toString());
    const everything = [report, ...urls, ...replicas.flatMap(({ log }) => log)].join('\n');
    expect(everything).not.toMatch(new RegExp(`${HOSTILE_CLIENT_SECRET}|${MADE_UP}|mooring-test-[A-Za-z0-9]{32}`));
    const states = issuer.asked.filter(({ endpoint }) => endpoint === 'authorize').map(({ form }) => form.get('state'));
    expect(states.some((state) => everything.split(urls.join('\n')).join('').includes(String(state)))).toBe(false);
  });
});
