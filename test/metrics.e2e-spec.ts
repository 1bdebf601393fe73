import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { AUDIT, CREATE_TOKEN, ME, VERIFY } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

const VERIFY_FOR = VERIFY.replace('$secret: Secret!)', '$secret: Secret!, $clientAddress: String)').replace(
  'secret: $secret)',
  'secret: $secret, clientAddress: $clientAddress)',
);

const RECHECK_SECONDS = 60;
const METRICS_TOKEN = 'a-token-of-the-operator-for-metrics';

describe('What machines are told of this one', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.at(await TestApp.start({ METRICS_TOKEN }))));
  afterEach(() => scenario.close());

  const tokenOf = async (role: string) => {
    const { data } = await scenario.app.ask(scenario.app.admin, CREATE_TOKEN, { input: { name: role, role } });
    return data.createServiceToken.token as string;
  };
  const metrics = (authorization?: string, browser = new Browser()) =>
    browser.fetch(`${scenario.app.url}/metrics`, { headers: { ...(authorization && { authorization }) } });

  it('counts requests, verifications and exchanges with the provider, and measures the process', async () => {
    const lin = await scenario.onboarded('lin');
    await scenario.verify('lin', await scenario.secretOf(lin));
    await scenario.verify('lin', 'a wrong secret');
    const page = await metrics(`Bearer ${await tokenOf('METRICS')}`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.text).toMatch(/^mooring_requests_total\{route="\/graphql"\} [1-9]/m);
    expect(page.text).toMatch(/^mooring_verifications_total\{status="VALID"\} 1$/m);
    expect(page.text).toMatch(/^mooring_verifications_total\{status="MISMATCH"\} 1$/m);
    expect(page.text).toMatch(/^mooring_provider_exchanges_total\{outcome="ANSWERED"\} [1-9]/m);
    expect(page.text).toMatch(/^process_resident_memory_bytes [1-9]/m);
    expect(page.text).not.toContain('lin');
  });

  it('times what people and registries wait for, with how it ended, and counts the events of the audit log', async () => {
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    await scenario.verify('lin', secret);
    const token = async (password: string) => {
      const authorization = `Basic ${Buffer.from(`lin:${password}`).toString('base64')}`;
      return new Browser().fetch(`${scenario.app.url}/service/token?service=registry`, { headers: { authorization } });
    };
    expect([(await token(secret)).status, (await token('a wrong secret')).status]).toEqual([200, 401]);
    const asked = await fetch(`${scenario.app.url}/service/token?service=registry`, { method: 'HEAD' });
    expect(asked.status).toBe(200);
    await scenario.app.ask(new Browser(), AUDIT);
    await new Browser().fetch(`${scenario.app.url}/c/oidc/callback?code=x&state=${'y'.repeat(32)}`);
    const { text } = await metrics(`Bearer ${METRICS_TOKEN}`);
    const counted = (name: string, labels: string) =>
      Number(new RegExp(`^${name}\\{${labels}\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
    const answers = (endpoint: string, outcome: string) =>
      counted('mooring_request_duration_seconds_count', `endpoint="${endpoint}",outcome="${outcome}"`);
    expect([answers('registry_token', 'OK'), answers('registry_token', 'REFUSED')]).toEqual([2, 1]);
    expect([answers('login', 'OK'), answers('login_callback', 'OK')]).toEqual([1, 1]);
    expect(answers('login_callback', 'REFUSED')).toBe(1);
    expect(answers('graphql', 'OK')).toBeGreaterThan(0);
    expect(answers('graphql', 'REFUSED')).toBe(1);
    expect(text).toMatch(/^mooring_verification_duration_seconds_count 1$/m);
    expect(text).toMatch(/^mooring_provider_exchange_duration_seconds_count\{outcome="ANSWERED"\} [1-9]/m);
    expect(counted('mooring_audit_events_total', 'action="login",outcome="SUCCEEDED"')).toBe(1);
    expect(counted('mooring_audit_events_total', 'action="login",outcome="REFUSED"')).toBe(1);
    expect(text).toMatch(/^mooring_build_info\{version="\d+\.\d+\.\d+",node="\d+\.\d+\.\d+"\} 1$/m);
    expect(text).toMatch(/^mooring_database_ready 1$/m);
    expect(text).not.toContain('lin');
  });

  it('counts refreshes with how they ended', async () => {
    await scenario.configure({ oidc: { recheckMinutes: 1 } });
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    scenario.app.clock.advance(RECHECK_SECONDS + 1);
    expect((await scenario.verify('lin', secret)).status).toBe('VALID');
    scenario.provider.people.length = 0;
    scenario.app.clock.advance(RECHECK_SECONDS + 1);
    expect((await scenario.verify('lin', secret)).status).not.toBe('VALID');
    const { text } = await metrics(`Bearer ${METRICS_TOKEN}`);
    expect(text).toMatch(/^mooring_refreshes_total\{outcome="SUCCEEDED",reason="none"\} 1$/m);
    expect(text).toMatch(/^mooring_refreshes_total\{outcome="REFUSED",reason="REFRESH_REJECTED"\} 1$/m);
  });

  it('tells it to METRICS and ADMIN service tokens and the token of the operator alone', async () => {
    const statusFor = async (authorization?: string) => (await metrics(authorization)).status;
    const basic = `Basic ${Buffer.from(`admin:${scenario.app.adminPassword}`).toString('base64')}`;
    expect([
      await statusFor(`Bearer ${await tokenOf('ADMIN')}`),
      await statusFor(`Bearer ${METRICS_TOKEN}`),
      await statusFor(`bearer ${METRICS_TOKEN}`),
      await statusFor(`Bearer ${METRICS_TOKEN}x`),
      await statusFor(`Basic ${METRICS_TOKEN}`),
      await statusFor(`Bearer ${await tokenOf('VERIFIER')}`),
      await statusFor(basic),
      await statusFor('Bearer mrgs_0000000000000000000000000000000000000000'),
      await statusFor(),
      (await metrics(undefined, await scenario.app.loggedIn('admin', scenario.app.adminPassword))).status,
    ]).toEqual([200, 200, 200, 401, 401, 403, 403, 401, 401, 403]);
  });

  it('gives a METRICS token nothing else', async () => {
    const asker = { bearer: await tokenOf('METRICS') };
    expect((await scenario.app.ask(asker, VERIFY, { username: 'lin', secret: 'x' })).code).toBe('FORBIDDEN');
    expect((await scenario.app.ask(asker, AUDIT)).code).toBe('FORBIDDEN');
    expect((await scenario.app.ask(asker, ME)).data.me).toBeNull();
  });

  it('writes down from which address of a registry’s client a wrong secret came', async () => {
    scenario.app.clock.toNextMinute();
    const verify = (clientAddress: string | null) =>
      scenario.app.ask({ bearer: scenario.verifierToken }, VERIFY_FOR, { username: 'kim', secret: 'x', clientAddress });
    for (const address of ['192.0.2.7', '192.0.2.7', '2001:db8::7']) await verify(address);
    const { data } = await scenario.app.ask(scenario.app.admin, AUDIT, { filter: { action: 'cli_secret.verify' } });
    const sums = data.auditEvents.edges.map(({ node }: { node: { remoteAddress: string; count: number } }) => node);
    expect(sums).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ remoteAddress: '192.0.2.7', count: 2 }),
        expect.objectContaining({ remoteAddress: '2001:db8:0:0::/64', count: 1 }),
      ]),
    );
    for (const wrong of ['', 'localhost', '192.0.2.7:80', `2001:db8::7%${'z'.repeat(99)}`, '192.0.2.7\u0000']) {
      const { code, errors } = await verify(wrong);
      expect([code, errors[0]?.extensions.fields[0].path]).toEqual(['BAD_USER_INPUT', ['clientAddress']]);
    }
    expect((await verify(null)).data.verifyCliSecret.status).toBe('MISMATCH');
  });
});
