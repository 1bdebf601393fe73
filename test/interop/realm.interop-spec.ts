import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { realmProblems } from '../../src/config/token-realm.js';
import { OneHost } from '../support/one-host.js';
import { StockRegistry } from '../support/stock-registry.js';
import { prepared } from './prepared.js';

/** Logs in, and lists the tags of a repository, with a home of its own. */
async function listTags(name: string, address: string, { home, secret }: { home: string; secret: string }) {
  const run = async (args: readonly string[], input = '') => {
    const child = spawn(join(prepared(name), name), args, {
      env: { PATH: process.env.PATH, HOME: home },
      stdio: 'pipe',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stdin.end(input);
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, output };
  };
  const login = ['login', address, '-u', 'lin', '--password-stdin'];
  const isOras = name === 'oras';
  const loggedIn = await run(isOras ? [...login, '--plain-http'] : ['auth', ...login], secret);
  if (loggedIn.code !== 0) return loggedIn;
  const repository = `${address}/users/lin/app`;
  return run(isOras ? ['repo', 'tags', '--plain-http', repository] : ['ls', '--insecure', repository]);
}

describe('Registry clients that refuse a realm elsewhere', () => {
  let host: OneHost;
  let secret: string;
  const others: StockRegistry[] = [];
  beforeAll(async () => {
    host = await OneHost.start();
    secret = await host.scenario.secretOf(await host.scenario.onboarded('lin'));
    expect(await host.registry.push('users/lin/app', `lin:${secret}`)).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    for (const registry of others) await registry.stop();
    await host.stop();
  });

  it.each([
    ['127.0.0.1', 'localhost'],
    ['localhost', '127.0.0.1'],
    ['localhost', 'localhost'],
    ['127.0.0.1', '127.0.0.1'],
  ])('refuse just what we warn of, with the realm at %s and the registry at %s', async (realmHost, registryHost) => {
    const publicUrl = new URL(host.url.replace('localhost', realmHost));
    const registry = await StockRegistry.start(publicUrl.origin);
    others.push(registry);
    const address = `${registryHost}:${registry.port}`;
    const problems = await realmProblems({ publicUrl, registryUrls: [new URL(`http://${address}`)] });
    for (const name of ['crane', 'oras']) {
      const { output } = await listTags(name, address, { home: registry.path(`home-${name}`), secret });
      const isRefused = /realm host .* (is|resolves to) .*(private|blocked)/.test(output);
      expect([name, isRefused, output]).toEqual([name, problems.some(({ detail }) => detail.startsWith(name)), output]);
    }
  });
});
