import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { RunningOpenIdProvider, startOpenIdProvider } from '../demo/openid-provider.js';
import { PEOPLE } from '../demo/people.js';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { ONBOARD } from './support/documents.js';

describe('docs/graphql.md', () => {
  let app: TestApp;
  let provider: RunningOpenIdProvider;
  const secret = 'provider-client-secret';
  beforeAll(async () => {
    app = await TestApp.start();
    const client = { id: 'mooring', secret, redirectUris: [`${app.url}/c/oidc/callback`] };
    provider = await startOpenIdProvider({ people: PEOPLE, client });
  });
  afterAll(async () => {
    await app.stop();
    await provider.close();
  });

  const samLogsIn = async () => {
    const sam = new Browser();
    const page = await sam.open(`${app.url}/c/oidc/login`);
    await sam.submit(page, { login: 'sam' }, (next) => next.pathname === '/onboarding');
    await app.ask(sam, ONBOARD, { input: { username: 'sam' } });
  };

  it('holds commands that work one after the other, as they stand', async () => {
    const page = readFileSync('docs/graphql.md', 'utf8');
    const blocks = [...page.matchAll(/```sh\n([^]*?)```/g)].map(([, block = '']) => block);
    // What only a person can do in a browser is done where the page speaks of somebody who has logged in.
    const pause = 'echo waiting; read -r';
    const script = ['set -euo pipefail', ...blocks.flatMap((one) => (one.includes('"sam') ? [pause, one] : [one]))];
    const shell = spawn('bash', ['-c', script.join('\necho\n')], {
      env: {
        PATH: process.env.PATH,
        ...{ MOORING: app.url, ADMIN_PASSWORD: app.adminPassword },
        ...{ ISSUER: provider.issuer, CLIENT_ID: 'mooring', CLIENT_SECRET: secret },
      },
    });
    const lines: string[] = [];
    for await (const line of createInterface(shell.stdout)) {
      lines.push(line);
      if (line !== 'waiting') continue;
      await samLogsIn();
      shell.stdin.write('\n');
    }
    const stdout = lines.join('\n');
    const answers = lines.filter((line) => line.startsWith('{'));
    expect(answers).toHaveLength((page.match(/^graphql '/gm) ?? []).length);
    expect(answers.filter((answer) => answer.includes('"errors"'))).toEqual([]);
    expect(stdout).toMatch(/created [0-9a-f-]{36}\n/);
    expect(stdout).toContain('"ok":true');
    expect(stdout).toContain('"authMode":"OIDC"');
    expect(stdout).toContain('{"revokeUserCliSecret":{"user":{"username":"sam","cliSecret":null}}}');
  });
});
