import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { pageBlocks } from '../support/documented-blocks.js';
import { isHere } from '../support/documented-commands.js';
import { ME } from '../support/documents.js';
import { freePort } from '../support/free-port.js';
import { ServerProcess } from '../support/server-process.js';
import { TEST_SERVER } from '../support/fresh-database.js';

const [START, LAST] = ['npm start', 'chmod 600 .env'];
const HOST = 'db.example.com:3306';

const SHELLS = ['bash', 'dash', 'zsh'];

describe('The commands of README.md for MariaDB', () => {
  const server = new URL(TEST_SERVER ?? '');
  let folder: string;
  let started: ServerProcess | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-readme-'));
    await mkdir(join(folder, 'clone'));
  });
  afterEach(async () => {
    await started?.end('SIGKILL');
    const connection = await createConnection({ uri: server.href, multipleStatements: true });
    await connection.query("DROP DATABASE IF EXISTS mooring; DROP USER IF EXISTS mooring@'%'");
    await connection.end();
    await rm(folder, { recursive: true, force: true });
  });

  /** The block, at this server and in this folder. */
  const ownCommands = () => {
    const [block] = pageBlocks('README.md').filter(({ text }) => text.includes(HOST));
    const text = (block?.text ?? '').replaceAll('/var/lib/mooring', `${folder}/data`).replace(HOST, server.host);
    const options = `--no-defaults --protocol=TCP --host=127.0.0.1 --port=${server.port} --user=root`;
    expect(text).toContain(`${LAST}\n${START}\n`);
    return text.replace(/^mariadb /, `mariadb ${options} `).replace(`${START}\n`, '');
  };
  // From a file, because bash reads the user's own settings where it is told commands by another program.
  const typed = (shell: string, commands: string) => {
    writeFileSync(join(folder, 'commands'), commands);
    const [env, cwd] = [{ PATH: process.env.PATH }, join(folder, 'clone')];
    return spawnSync(shell, ['-e', join(folder, 'commands')], { cwd, env, encoding: 'utf8' });
  };

  it.each(SHELLS.filter(isHere))(
    'in %s make a database, a key and an environment with which a server starts',
    async (shell) => {
      expect(typed(shell, ownCommands())).toMatchObject({ status: 0, stderr: '' });
      for (const path of ['data/encryption.key', 'clone/.env']) {
        expect((await stat(join(folder, path))).mode & 0o077).toBe(0);
      }
      started = ServerProcess.run([process.execPath, resolve('dist/src/main.js')], {
        ...{ url: `http://localhost:${await freePort()}`, cwd: join(folder, 'clone'), variables: {} },
      });
      await started.ready();
      const password = (await readFile(join(folder, 'data/admin-password'), 'utf8')).trim();
      expect((await started.ask(password, ME)).data.me.username).toBe('admin');
    },
  );

  it('keep a key that is there', () => {
    const withoutDatabase = ownCommands().replace(/^mariadb .*\n/, '');
    expect(typed('bash', withoutDatabase).status).toBe(0);
    expect(typed('bash', withoutDatabase)).toMatchObject({ stderr: expect.stringContaining('encryption.key') });
  });
});
