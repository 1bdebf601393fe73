import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { RunningOpenIdProvider, startOpenIdProvider } from '../demo/openid-provider.js';
import { PEOPLE } from '../demo/people.js';
import { TestApp } from './support/app.js';

const run = promisify(execFile);

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

  it('holds commands that work one after the other, as they stand', async () => {
    const page = readFileSync('docs/graphql.md', 'utf8');
    const blocks = [...page.matchAll(/```sh\n([^]*?)```/g)].map(([, block = '']) => block);
    const script = ['set -euo pipefail', ...blocks].join('\necho\n');
    const env = {
      PATH: process.env.PATH,
      ...{ MOORING: app.url, ADMIN_PASSWORD: app.adminPassword },
      ...{ ISSUER: provider.issuer, CLIENT_ID: 'mooring', CLIENT_SECRET: secret },
    };
    const { stdout } = await run('bash', ['-c', script], { env });
    const answers = stdout.split('\n').filter((line) => line.startsWith('{'));
    expect(answers).toHaveLength(blocks.length - 2);
    expect(answers.filter((answer) => answer.includes('"errors"'))).toEqual([]);
    expect(stdout).toMatch(/made [0-9a-f-]{36}\n/);
    expect(stdout).toContain('"ok":true');
    expect(stdout).toContain('"authMode":"OIDC"');
  });
});
