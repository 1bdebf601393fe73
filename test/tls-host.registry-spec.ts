import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLI_SECRET, ME, ONBOARD } from './support/documents.js';
import { TlsHost } from './support/tls-host.js';

describe('Behind a proxy that ends TLS, by the nginx configuration of examples/', () => {
  let host: TlsHost;
  beforeAll(async () => (host = await TlsHost.start()));
  afterAll(() => host.stop());

  it('people log in with cookies of that host only, and registry clients with their CLI secret', async () => {
    const { scenario, registry } = host;
    const { app } = scenario;
    const lin = host.newBrowser();
    const landed = await scenario.login(lin, 'lin');
    expect(landed.url.href).toBe(`${app.url}/onboarding`);
    await app.ask(lin, ONBOARD, { input: { username: 'lin' } });
    expect((await app.ask(lin, ME)).data.me.username).toBe('lin');
    const cookies = (await lin.jar.getCookies(app.url)).filter(({ key }) => key.includes('mooring'));
    expect(cookies.length).toBeGreaterThan(0);
    for (const { key, secure, httpOnly, path, domain } of cookies) {
      expect([key.slice(0, 7), secure, httpOnly, path, domain]).toEqual(['__Host-', true, true, '/', 'localhost']);
    }

    const { secret } = (await app.ask(lin, CLI_SECRET)).data.cliSecret;
    expect((await scenario.verify('lin', secret)).status).toBe('VALID');
    expect((await registry.dockerLogin('lin', secret)).output).toContain('Login Succeeded');
    for (const program of ['skopeo', 'podman'] as const) {
      expect(await registry.login(program, 'lin', secret)).toMatchObject({ code: 0 });
    }
    expect(await registry.push('users/lin/app', `lin:${secret}`)).toMatchObject({ code: 0 });
    expect(await registry.podmanPull('users/lin/app')).toMatchObject({ code: 0 });
    expect((await registry.push('users/lin/app', 'lin:wrong')).code).not.toBe(0);
  });
});
