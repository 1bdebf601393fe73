import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..');
const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'bench/main.ts', ...args], { cwd: root });

describe('npm run bench', () => {
  it('lists its scenarios, and the page on performance names each of them', async () => {
    const { stdout } = await run('--list');
    const names = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]!);
    expect(names).toEqual(expect.arrayContaining(['verify-sqlite', 'verify-mariadb', 'refreshing', 'plain', 'memory']));
    expect(new Set(names).size).toBe(names.length);
    const page = readFileSync(join(root, 'docs/performance.md'), 'utf8');
    expect(names.filter((name) => !page.includes(`| \`${name}\` `))).toEqual([]);
  });

  it('refuses an unknown scenario, and explains itself', async () => {
    await expect(run('verify-sqlit')).rejects.toMatchObject({
      code: 64,
      stderr: expect.stringContaining('verify-sqlit'),
    });
    expect((await run('--help')).stdout).toContain('--full');
  });
});
