import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TestApp } from './support/app.js';
import { CREATE_USER } from './support/documents.js';
import { pageBlocks } from './support/documented-blocks.js';
import { isHere } from './support/documented-commands.js';

const PAGE = 'docs/gdpr.md';
const SHELLS = { bash: ['--norc', '-euo', 'pipefail'], dash: ['-eu'], zsh: ['-feu', '-o', 'pipefail'] } as const;
type Shell = keyof typeof SHELLS;

describe(`${PAGE}, "Export"`, () => {
  let app: TestApp;
  beforeEach(async () => (app = await TestApp.start()));
  afterEach(() => app.stop());

  it.each((Object.keys(SHELLS) as Shell[]).filter(isHere))(
    'gives what is stored of a person, and the events by and about them, in %s',
    async (shell) => {
      for (const username of ['lin', 'linus']) {
        const input = { username, password: 'Some-password-1', email: `${username}@example.com` };
        await app.ask(app.admin, CREATE_USER, { input });
      }
      const blocks = pageBlocks(PAGE).filter(({ heading }) => heading === 'Export');
      const script = blocks.map(({ text }) => text).join('\n');
      const { PATH } = process.env;
      const env = { PATH, MOORING: app.url, ADMIN_PASSWORD: app.adminPassword };
      const { stdout, stderr } = await promisify(execFile)(shell, [...SHELLS[shell], '-c', script], { env });
      expect(stderr).toBe('');
      const [stored, events] = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(stored.data.users.edges.map(({ node }: { node: object }) => node)).toMatchObject([
        { kind: 'LOCAL', username: 'lin', email: 'lin@example.com', groups: [] },
      ]);
      expect(events.data.did.edges).toEqual([]);
      expect(events.data.about.edges).toMatchObject([{ node: { action: 'user.create', target: { label: 'lin' } } }]);
    },
  );
});
