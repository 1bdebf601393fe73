import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestApp } from './support/app.js';
import { pageBlocks } from './support/documented-blocks.js';
import { isHere, PAGES } from './support/documented-commands.js';
import { mooring } from './support/mooring-command.js';

/** A call of `mooring` in a page: its commands, and the options after them. */
interface Call {
  readonly page: string;
  readonly commands: readonly string[];
  readonly options: readonly string[];
}

/** In code, not in prose; a dot, quote or bar ends it. */
const CALL = /(?:npx mooring|mooring\.js|`mooring)((?: +(?:--?[a-z][\w-]*|[\w./@:-]+))+)/g;
/** The first words of a call that are commands; what follows are arguments. */
const GROUPS = ['keys', 'admin', 'users', 'mode', 'settings'];

function callsIn(page: string): Call[] {
  return [...readFileSync(page, 'utf8').matchAll(CALL)].flatMap(([, rest = '']) => {
    const words = rest.trim().split(/ +/);
    const [command = '', second = ''] = words;
    // `mooring ... --help` and the like name no command.
    if (!/^[a-z]/.test(command)) return [];
    const commands =
      GROUPS.includes(command) && /^[a-z-]+$/.test(second) && !second.startsWith('-') ? [command, second] : [command];
    return [{ page, commands, options: words.filter((word) => word.startsWith('--') && word.length > 2) }];
  });
}

describe('Calls of mooring in the documentation', () => {
  const calls = PAGES.flatMap(callsIn);
  const helps = new Map<string, string>();
  beforeAll(async () => {
    const named = [...new Map(calls.map((call) => [call.commands.join(' '), call.commands]))];
    const helpOf = async ([name, commands]: readonly [string, readonly string[]]) => {
      const { code, out, err } = await mooring([...commands, '--help']);
      helps.set(name, code === 0 ? out : err);
    };
    await Promise.all(named.map(helpOf));
  });

  it('are found', () => expect(calls.length).toBeGreaterThan(40));

  it('name commands and options that there are', () => {
    const wrong = calls.flatMap(({ page, commands, options }) => {
      const help = helps.get(commands.join(' ')) ?? '';
      const isKnown = help.startsWith(`Usage: mooring ${commands.join(' ')}`);
      const unknown = options.filter((option) => !new RegExp(`(^|[ ,])${option}\\b`, 'm').test(help));
      return isKnown
        ? unknown.map((option) => `${page}: ${commands.join(' ')} ${option}`)
        : [`${page}: ${commands.join(' ')}`];
    });
    expect(wrong).toEqual([]);
  });
});

describe('The commands of docs/registry.md that fetch certificates', () => {
  const here = ['bash', 'dash', 'zsh', 'fish'].filter(isHere);
  const commands = pageBlocks('docs/registry.md').filter(({ text }) => text.startsWith('curl '));
  let app: TestApp;
  let folder: string;
  beforeAll(async () => {
    app = await TestApp.start({ REGISTRY_SERVICES: 'registry, zot;key=certificate' });
    folder = await mkdtemp(join(tmpdir(), 'mooring-certificates-'));
  });
  afterAll(async () => {
    await app.stop();
    await rm(folder, { recursive: true });
  });

  it('are one for each kind of service', () => expect(commands).toHaveLength(2));

  it.each(here)('write a certificate in %s', async (shell) => {
    for (const { text } of commands) {
      const path = join(folder, 'mooring.pem');
      const own = text.replace(/https:\/\/mooring\.example\.com/g, app.url).replace(/\/etc\/(registry|zot)/, folder);
      await rm(path, { force: true });
      expect(await run(shell, own)).toBe(0);
      expect(new X509Certificate(readFileSync(path)).subject).toContain('CN=');
    }
  });
});

/** Runs a command in a shell, and gives its exit code. The server is in this process, which therefore must not stand still. */
async function run(shell: string, command: string): Promise<unknown> {
  const [code] = (await once(spawn(shell, ['-c', command], { stdio: 'ignore' }), 'close')) as [number | null];
  return code;
}
