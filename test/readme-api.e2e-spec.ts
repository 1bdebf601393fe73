import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { TestApp } from './support/app.js';
import { pageBlocks } from './support/documented-blocks.js';
import { isHere } from './support/documented-commands.js';
import { HOSTILE_CLIENT_SECRET, HostileProvider } from './support/hostile-provider.js';

const SHELLS = ['bash', 'dash', 'zsh', 'fish'];
const SECTION = 'First steps of an administrator';

describe('The API example of the README', () => {
  let app: TestApp;
  let provider: HostileProvider;
  let folder: string;
  beforeEach(async () => {
    app = await TestApp.start();
    provider = await HostileProvider.start(() => app.clock.now());
    folder = await mkdtemp(join(tmpdir(), 'mooring-readme-'));
    await mkdir(join(folder, 'data'));
    await writeFile(join(folder, 'data/admin-password'), `${app.adminPassword}\n`);
  });
  afterEach(async () => {
    await app.stop();
    await provider.close();
    await rm(folder, { recursive: true });
  });

  /** The blocks with this server, and with this provider in place of the one that nobody has. */
  const commands = () =>
    pageBlocks('README.md')
      .filter(({ heading }) => heading === SECTION)
      .map((block) =>
        block.text
          .replace('http://localhost:8080', app.url)
          .replace('"https://id.example.com"', `"${provider.issuer('example').url}"`)
          .replace('"clientSecret": "..."', `"clientSecret": "${HOSTILE_CLIENT_SECRET}"`),
      );
  const answerOf = async (shell: string, command = '', variables: Record<string, string> = {}) => {
    await writeFile(join(folder, 'command'), command);
    const env = { PATH: process.env.PATH, HOME: folder, ...variables };
    const { stdout } = spawn(shell, [join(folder, 'command')], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const { data, errors } = JSON.parse(await text(stdout)) as Awaited<ReturnType<TestApp['ask']>>;
    expect(errors).toBeUndefined();
    return data;
  };

  it.each(SHELLS.filter(isHere))(
    'tells the redirect URI, saves and tests the provider, switches, and makes a token that verifies, on a new installation in %s',
    async (shell) => {
      const [asks, saves, switches, creates, verifies, ...more] = commands();
      expect(more).toEqual([]);
      expect((await answerOf(shell, asks)).configuration).toEqual({
        revision: 1,
        oidc: { redirectUri: `${app.url}/c/oidc/callback` },
      });
      const saved = await answerOf(shell, saves);
      expect(saved.updateConfiguration.configuration.revision).toBe(2);
      expect(saved.testOidcProvider.report.checks).toContainEqual(
        expect.objectContaining({ name: 'ISSUER_MATCH', status: 'PASSED' }),
      );
      expect((await answerOf(shell, switches)).updateConfiguration.configuration).toEqual({
        ...{ revision: 3, authMode: 'OIDC' },
      });
      const { token } = (await answerOf(shell, creates)).createServiceToken;
      const { verifyCliSecret } = await answerOf(shell, verifies, { TOKEN: token });
      expect(verifyCliSecret).toMatchObject({ valid: false, status: 'MISMATCH' });
    },
  );
});
