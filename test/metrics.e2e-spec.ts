import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { AUDIT, CREATE_TOKEN, ME, VERIFY } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

const VERIFY_FOR = VERIFY.replace('$secret: Secret!)', '$secret: Secret!, $clientAddress: String)').replace(
  'secret: $secret)',
  'secret: $secret, clientAddress: $clientAddress)',
);

describe('What machines are told of this one', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open()));
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

  it('tells it to METRICS and ADMIN service tokens alone', async () => {
    const statusFor = async (authorization?: string) => (await metrics(authorization)).status;
    const basic = `Basic ${Buffer.from(`admin:${scenario.app.adminPassword}`).toString('base64')}`;
    expect([
      await statusFor(`Bearer ${await tokenOf('ADMIN')}`),
      await statusFor(`Bearer ${await tokenOf('VERIFIER')}`),
      await statusFor(basic),
      await statusFor('Bearer mrgs_0000000000000000000000000000000000000000'),
      await statusFor(),
      (await metrics(undefined, await scenario.app.loggedIn('admin', scenario.app.adminPassword))).status,
    ]).toEqual([200, 403, 403, 401, 401, 403]);
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
