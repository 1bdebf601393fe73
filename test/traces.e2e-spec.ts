import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CONFIGURATION, UPDATE_CONFIGURATION } from './support/documents.js';
import { TEST_SERVER } from './support/fresh-database.js';
import { Asker, postGraphql } from './support/graphql.js';
import { OidcScenario, Site } from './support/oidc-scenario.js';
import { ServerFolder } from './support/server-folder.js';
import { ServerProcess } from './support/server-process.js';
import { TraceCollector } from './support/trace-collector.js';

const TOKEN_REQUEST = 'GET /service/token';
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const TRACED = ['--import', resolve('dist/src/tracing/start.js'), resolve('dist/src/main.js')];
const ID_TOKEN_SECONDS = 2;
const LOOK_AGAIN_MS = 50;

function siteOf(server: ServerProcess, admin: Asker): Site {
  const ask: Site['ask'] = (asker, query, variables = {}) =>
    postGraphql(server.url, asker, JSON.stringify({ query, variables }));
  return {
    url: server.url,
    admin,
    ask,
    stop: () => server.end('SIGTERM'),
    async configure(patch) {
      const { revision } = (await ask(admin, CONFIGURATION)).data.configuration;
      return ask(admin, UPDATE_CONFIGURATION, { input: { revision, patch } });
    },
  };
}

describe('Traces', () => {
  let folder: ServerFolder;
  let collector: TraceCollector;
  beforeEach(async () => {
    folder = await ServerFolder.create();
    collector = await TraceCollector.start();
  });
  afterEach(async () => {
    await folder.remove();
    await collector.stop();
  });

  const start = async (changes: Record<string, string> = {}) => {
    const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '100', ...changes };
    return (await folder.run([process.execPath, ...TRACED], variables)).ready();
  };
  const tokenRequest = (server: ServerProcess, name: string, password: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/service/token?service=registry&scope=repository:lin/x:pull`, {
      headers: { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`, ...headers },
    });

  it('show one request for a token with its statements and the refresh at the provider, and no secret', async () => {
    const server = await start();
    const basic = Buffer.from(`admin:${await folder.adminPassword()}`).toString('base64');
    const scenario = await OidcScenario.at(siteOf(server, { basic }), { idTokenSeconds: ID_TOKEN_SECONDS });
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    const refreshed = () =>
      collector.traces(TOKEN_REQUEST).find((spans) => spans.some(({ scope }) => scope.endsWith('undici')));
    while (!refreshed()) {
      expect((await tokenRequest(server, 'lin', secret)).status).toBe(200);
      await pause(LOOK_AGAIN_MS);
    }
    const spans = refreshed() ?? [];
    const root = spans.find(({ name }) => name === TOKEN_REQUEST);
    expect([root?.service, root?.parentSpanId]).toEqual(['mooring', undefined]);
    expect(root?.attributes).toMatchObject({ 'url.path': '/service/token', 'http.response.status_code': 200 });
    const statements = spans.filter(({ attributes }) => attributes['db.query.text'] !== undefined);
    expect(statements.map(({ attributes }) => attributes['db.system.name'])).toContain(
      TEST_SERVER ? 'mysql' : 'sqlite',
    );
    const texts = statements.map(({ attributes }) => String(attributes['db.query.text']));
    expect(texts.some((text) => text.includes('provider_grants'))).toBe(true);
    expect(texts.filter((text) => /'|"|\b\d+\b/.test(text))).toEqual([]);
    const atProvider = spans.filter(({ scope }) => scope.endsWith('undici'));
    expect(atProvider.map(({ attributes }) => attributes['url.full'])).toContain(`${scenario.provider.issuer}/token`);
    await scenario.close();

    expect(collector.traces('GET /c/oidc/callback')).not.toEqual([]);
    for (const never of [secret, basic, 'provider-client-secret', '?code=', 'code=', 'state=', 'Bearer ', 'Basic ']) {
      expect({ never, isSent: collector.text.includes(never) }).toEqual({ never, isSent: false });
    }
    expect(collector.spans.filter(({ name }) => /health/.test(name))).toEqual([]);
    expect(collector.spans.filter(({ kind, parentSpanId }) => kind === 3 && !parentSpanId)).toEqual([]);
  });

  it('go on a trace of a trusted proxy, and of nobody else; the last ones are sent before the process ends', async () => {
    const parent = { traceparent: `00-${TRACE_ID}-b7ad6b7169203331-01` };
    for (const [TRUST_PROXY, ours] of [
      ['', false],
      ['loopback', true],
    ] as const) {
      const server = await start({ TRUST_PROXY, OTEL_BSP_SCHEDULE_DELAY: '3600000', OTEL_SERVICE_NAME: 'tokens' });
      expect((await tokenRequest(server, 'nobody', 'nothing', parent)).status).toBe(401);
      await server.end('SIGTERM');
      const found = collector.spans.filter(({ name }) => name === TOKEN_REQUEST);
      expect(found.map(({ service, traceId }) => [service, traceId === TRACE_ID])).toEqual([['tokens', ours]]);
      collector.spans.length = 0;
    }
  });

  it('do not keep a server from working whose collector is away, and are off by the usual variable', async () => {
    const away = await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    });
    expect((await tokenRequest(away, 'nobody', 'nothing')).status).toBe(401);
    await away.end('SIGTERM');
    expect(away.output).toContain('only http/json is known and used');
    for (const line of away.output.trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg');
    const off = await start({ OTEL_SDK_DISABLED: 'true' });
    expect((await tokenRequest(off, 'nobody', 'nothing')).status).toBe(401);
    await off.end('SIGTERM');
    expect(collector.spans).toEqual([]);
  });
});
