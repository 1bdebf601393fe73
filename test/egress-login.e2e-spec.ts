import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { IncomingMessage, ServerResponse } from 'node:http';
import { TestApp } from './support/app.js';
import { TEST_PROVIDER } from './support/documents.js';
import { ForwardProxy } from './support/forward-proxy.js';
import { OidcScenario, ProviderChanges } from './support/oidc-scenario.js';

/** The endpoints that Mooring asks itself, and no browser does. */
const OWN = ['/.well-known/openid-configuration', '/jwks', '/me', '/request', '/token'];
const TOKEN_SECONDS = 300;

describe('An installation behind a forward proxy', () => {
  let proxy: ForwardProxy;
  let scenario: OidcScenario | undefined;
  /** How each endpoint was asked: through the proxy, or directly. */
  let asked: { readonly path: string; readonly isProxied: boolean }[];
  beforeEach(async () => {
    asked = [];
    proxy = await ForwardProxy.start();
  });
  afterEach(async () => {
    await scenario?.close();
    scenario = undefined;
    await proxy.stop();
  });

  const count = ({ url, socket }: IncomingMessage, _response: ServerResponse, next: () => void) => {
    asked.push({ path: new URL(String(url), 'http://x').pathname, isProxied: proxy.hasOpened(socket.remotePort) });
    next();
  };
  const open = async (variables: Record<string, string>, changes: ProviderChanges = {}) => {
    const app = await TestApp.start({ HTTP_PROXY: proxy.url, ...variables });
    const provider = { idTokenSeconds: TOKEN_SECONDS, claimsInIdToken: false, pushedRequests: 'required' as const };
    scenario = await OidcScenario.at(app, { ...provider, ...changes });
    Object.assign(scenario.provider, { atTokenEndpoint: count, atOtherEndpoints: count });
    return scenario;
  };
  /** The whole life of a login: the test of the settings, the login, and a refresh when its token has expired. */
  const live = async (opened: OidcScenario) => {
    const { app } = opened;
    const { data } = await app.ask(app.admin, TEST_PROVIDER, { input: {} });
    const secret = await opened.secretOf(await opened.onboarded('lin'));
    app.clock.advance(TOKEN_SECONDS + 1);
    expect(await opened.verify('lin', secret)).toMatchObject({ valid: true });
    expect(opened.provider.refreshes.succeeded).toBe(1);
    return data.testOidcProvider.report as { ok: boolean; checks: { detail: string }[] };
  };
  const asks = (isProxied: boolean) =>
    [...new Set(asked.filter((one) => one.isProxied === isProxied).map(({ path }) => path))].sort();

  it('asks every endpoint through it, and the browser none', async () => {
    const opened = await open({});
    const { ok, checks } = await live(opened);
    expect([ok, checks[0]?.detail]).toEqual([
      true,
      `The provider answers, through the proxy ${proxy.url} (HTTP_PROXY).`,
    ]);
    expect(asks(true)).toEqual(expect.arrayContaining(OWN));
    expect(asks(false).filter((path) => OWN.includes(path))).toEqual([]);
    expect(new Set(proxy.asked)).toEqual(new Set([new URL(opened.provider.issuer).host]));
  });

  it.each(['127.0.0.1', '*', '10.0.0.0/8, 127.0.0.0/8'])('asks none through it with NO_PROXY=%s', async (list) => {
    const opened = await open({ NO_PROXY: list });
    const { ok, checks } = await live(opened);
    expect([ok, checks[0]?.detail]).toEqual([true, 'The provider answers.']);
    expect(asks(false)).toEqual(expect.arrayContaining(OWN));
    expect(proxy.asked).toEqual([]);
  });

  it('tells people that the provider is silent while the proxy is, keeps their logins, and goes on after it', async () => {
    const opened = await open({});
    const secret = await opened.secretOf(await opened.onboarded('lin'));
    opened.app.clock.advance(TOKEN_SECONDS + 1);
    proxy.breakOff();
    proxy.behaviour = 407;
    expect(await opened.verify('lin', secret)).toMatchObject({ valid: false, status: 'PROVIDER_UNAVAILABLE' });
    proxy.behaviour = 'OPEN';
    // Longer than the pause after one silence, and within the tolerance for the clock of the provider.
    opened.app.clock.advance(20);
    expect(await opened.verify('lin', secret)).toMatchObject({ valid: true });
    expect(opened.provider.refreshes).toMatchObject({ succeeded: 1, refused: 0 });
    expect(opened.app.log.join('')).toContain('proxy: HTTP 407');
  });
});
