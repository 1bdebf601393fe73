import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CREATE_TOKEN, ME, TOKENS } from '../support/documents.js';
import { ServerFolder } from '../support/server-folder.js';
import { ServerProcess } from '../support/server-process.js';

const TOKEN = { input: { name: 'registry', role: 'VERIFIER' } };
const WRONG = `Basic ${Buffer.from('nobody:Wrong-secret-1').toString('base64')}`;

/** What the server says of an event that was not stored. */
interface AuditLine {
  readonly level: number;
  readonly audit?: { readonly action?: string; readonly count: number; readonly outcome?: string };
}

// Under a limit on the size of its files (RLIMIT_FSIZE, which takes no root) every write of a process to a file fails.
describe('A server whose files can not grow', () => {
  let folder: ServerFolder;
  let password: string;
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(() => folder.remove());

  const limitFiles = (server: ServerProcess, bytes: string) =>
    promisify(execFile)('prlimit', ['--pid', String(server.process.pid), `--fsize=${bytes}:unlimited`]);
  const opened = async (server: ServerProcess) => {
    await server.ready();
    password = await folder.adminPassword();
    await server.ask(password, TOKENS);
    return server;
  };
  const codeOf = async (server: ServerProcess, query: string, variables = {}) => {
    const answer = (await server.ask(password, query, variables)) as {
      errors?: { extensions: { code: string; retryAfterSeconds?: number } }[];
    };
    return answer.errors?.[0]?.extensions;
  };
  const auditLines = (server: ServerProcess) =>
    server.output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as AuditLine)
      .filter(({ audit }) => audit !== undefined);

  it('answers 503 to every write, goes on reading, and logs the audit events that it can not store', async () => {
    const server = await opened(await folder.start());
    await limitFiles(server, '1');
    const unavailable = { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 5 };
    for (let time = 0; time < 3; time++) expect(await codeOf(server, CREATE_TOKEN, TOKEN)).toEqual(unavailable);
    expect(await codeOf(server, ME)).toBeUndefined();
    const tokenFor = (authorization: string) =>
      fetch(`${server.url}/service/token?service=registry`, { headers: { authorization } });
    for (let time = 0; time < 5; time++) expect((await tokenFor(WRONG)).status).toBe(401);
    await limitFiles(server, 'unlimited');
    expect(await codeOf(server, CREATE_TOKEN, TOKEN)).toBeUndefined();
    await server.end('SIGTERM');
    const created = auditLines(server).filter(({ audit }) => audit?.action === 'service_token.create');
    expect(created).toHaveLength(3);
    expect(created[0]).toMatchObject({
      level: 40,
      audit: {
        ...{ action: 'service_token.create', outcome: 'FAILED', reason: 'SERVICE_UNAVAILABLE', count: 1 },
        ...{ actorKind: 'USER', actorLabel: 'admin', remoteAddress: '127.0.0.1' },
        ...{ at: expect.any(String), id: expect.any(String), requestId: expect.any(String) },
      },
    });
    const logins = auditLines(server).filter(({ audit }) => audit?.action === 'registry.login');
    expect(logins.reduce((sum, { audit }) => sum + (audit?.count ?? 0), 0)).toBe(5);
    expect(server.output).not.toContain('Wrong-secret-1');
  });

  it('goes on serving where its log is a file that can not grow', async () => {
    const line = ['sh', '-c', 'exec node dist/src/main.js > "$DATA_DIR/server.log"'];
    const server = await opened(await folder.run(line, { LOG_LEVEL: 'debug' }));
    await limitFiles(server, '1');
    for (let time = 0; time < 5; time++)
      expect((await codeOf(server, CREATE_TOKEN, TOKEN))?.code).toBe('SERVICE_UNAVAILABLE');
    expect(await codeOf(server, ME)).toBeUndefined();
    await limitFiles(server, 'unlimited');
    expect(await codeOf(server, CREATE_TOKEN, TOKEN)).toBeUndefined();
    expect(await readFile(join(folder.path, 'server.log'), 'utf8')).toContain('Mooring listens');
  });

  it('does not start, and says why, where DATA_DIR can not be made', async () => {
    const server = await folder.run(['node', 'dist/src/main.js'], { DATA_DIR: '/dev/null/data' });
    expect(await server.exit()).toBe(1);
    expect(server.output).toMatch(/\/dev\/null\/data\/\S+ could not be written \(ENOTDIR\)\. Check that DATA_DIR/);
    expect(server.output).not.toContain('    at ');
  });

  it('does not start, and says why, where its database can not be created', async () => {
    const server = await folder.run(['sh', '-c', 'ulimit -f 8; exec node dist/src/main.js']);
    expect(await server.exit()).toBe(1);
    expect(server.output).toMatch(
      /The database could not be opened or migrated \(SQLITE_\w+\)\. Check .* its disk has room/,
    );
    expect(server.output).not.toContain('    at ');
  });
});
