import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SecretText } from '../src/common/crypto/secret-text.js';
import { readEnvironment } from '../src/config/env.js';
import { inspectProvider, isOk } from '../src/oidc/inspection/index.js';
import { Clock } from '../src/common/runtime/clock.js';
import { json, InspectedProvider } from './support/inspected-provider.js';
import { InterceptingProxy } from './support/intercepting-proxy.js';

const HOST = 'idp.corp.example';
const AMPLE_MS = 120_000;

describe('A provider behind a proxy that opens TLS', () => {
  let proxy: InterceptingProxy;
  let provider: InspectedProvider;
  beforeEach(async () => {
    [proxy, provider] = [await InterceptingProxy.start(), await InspectedProvider.start()];
    const issuer = `https://${HOST}:${new URL(provider.issuer).port}`;
    const endpoints = { authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` };
    provider.document = { issuer, ...endpoints, jwks_uri: `${issuer}/keys`, userinfo_endpoint: `${issuer}/me` };
    provider.handlers.set('/me', (_asked, response) => json(response, {}, 401));
  });
  afterEach(async () => {
    await proxy.stop();
    await provider.stop();
  });

  const inspected = async (trust: { caCertificates?: string; verifyCertificate?: boolean }) => {
    const settings = {
      ...{
        issuer: String(provider.document.issuer),
        clientId: 'mooring',
        clientSecret: new SecretText('right secret'),
      },
      ...{ redirectUri: 'https://mooring.example/c/oidc/callback', scopes: ['openid', 'offline_access'] },
      ...{ groupsClaim: null, groupsKeptHours: 24, userClaim: null, logout: false },
      ...{ caCertificates: null, verifyCertificate: true, ...trust },
      egress: readEnvironment({ HTTPS_PROXY: proxy.url }).egress,
    };
    const checks = await inspectProvider(settings, new Clock(), AMPLE_MS);
    return { ok: isOk(checks), of: (name: string) => checks.find((one) => String(one.name) === name)! };
  };

  it('works where the settings have the CA of the proxy: every endpoint is asked through it', async () => {
    const { ok, of } = await inspected({ caCertificates: proxy.ca });
    expect([ok, of('TLS').status]).toEqual([true, 'PASSED']);
    expect(of('REACHABLE').detail).toBe(`The provider answers, through the proxy ${proxy.url} (HTTPS_PROXY).`);
    const paths = ['/.well-known/openid-configuration', '/keys', '/token', '/authorize'];
    for (const path of paths) expect(proxy.read).toMatch(new RegExp(`^(GET|POST) ${path}[ ?]`, 'm'));
    expect(new Set(proxy.asked)).toEqual(new Set([`${HOST}:${new URL(provider.issuer).port}`]));
  });

  it('is refused without it, before anything is sent, and the test names the proxy and the setting', async () => {
    const { ok, of } = await inspected({});
    expect([ok, of('REACHABLE').status, of('TLS').status]).toEqual([false, 'PASSED', 'FAILED']);
    expect(of('TLS').detail).toContain(`the proxy ${proxy.url} (HTTPS_PROXY)`);
    expect(of('TLS').detail).toContain('"Corporate proxy"');
    expect(of('TLS').remedy).toContain('add its CA certificate to the settings (caCertificates)');
    expect(of('TLS').remedy).not.toMatch(/verifyCertificate|Let the provider send/);
    expect([proxy.read, provider.asked]).toEqual(['', []]);
  });
});
