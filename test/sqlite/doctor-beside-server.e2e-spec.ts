import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { storedRows, tablesChanged, tablesGrown } from '../support/stored-rows.js';
import { openPlainProxy, openRegistry } from '../support/plain-proxy.js';
import { doctor, keepExample, StoppedInstallation, variablesOf } from '../support/installations.js';
import { SELF_SIGNED } from '../support/self-signed.js';
import { ServerProcess } from '../support/server-process.js';

/** The tables that a server itself writes to at any time. */
const ALWAYS = ['once_only', 'fixed_settings_digests', 'guess_counts', 'user_words', 'user_word_indexings'];

describe('mooring doctor, beside a running server,', () => {
  let stopped: StoppedInstallation;
  let folder: string;
  let server: ServerProcess;
  const open: { close: () => Promise<unknown> }[] = [];
  beforeAll(async () => {
    stopped = await StoppedInstallation.make();
    folder = await stopped.copy();
    server = await (await ServerProcess.start(variablesOf(folder))).ready();
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  afterAll(async () => {
    await server.end('SIGTERM');
    await stopped.remove();
  });

  const port = (of = server) => Number(new URL(of.url).port);
  const front = async (manners: object = {}, of = server) => {
    const opened = await openPlainProxy({ port: port(of), ...manners });
    open.push(opened);
    return opened.url;
  };
  const registry = async (status: number, challenge?: string) => {
    const opened = await openRegistry(status, challenge);
    open.push(opened);
    return opened.url;
  };
  const examine = (changes: Record<string, string> = {}, ...args: string[]) =>
    doctor({ ...variablesOf(folder), PORT: String(port()), PUBLIC_URL: server.url, ...changes }, ...args);
  /** Another server, on a copy of the installation. */
  const started = async (changes: Record<string, string>, from = stopped) => {
    const copy = await from.copy();
    const other = await ServerProcess.start({ ...variablesOf(copy), ...changes });
    open.push({ close: () => other.end('SIGTERM') });
    return other.ready();
  };

  it('finds nothing wrong in a sound installation, and changes no row', async () => {
    const realm = `${server.url}/service/token`;
    const url = await registry(401, `Bearer realm="${realm}",service="registry"`);
    await writeFile(join(folder, 'bundle.pem'), await (await fetch(`${server.url}/service/certificate`)).text());
    const database = { engine: 'sqlite', file: join(folder, 'mooring.db') } as const;
    const before = await storedRows(database);
    const found = await examine({}, '--registry', url, '--registry-bundle', join(folder, 'bundle.pem'));
    expect(found).toMatchObject({ errors: [], warnings: [], unknown: [], exit: 0 });
    await keepExample('a sound installation', found.text, folder);
    const now = await storedRows(database);
    const changed = [...tablesChanged(before, now), ...tablesGrown(before, now)];
    expect(changed.filter((table) => !ALWAYS.includes(table))).toEqual([]);
    expect(found.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['PUBLIC_URL_OK', 'REGISTRY_OK', 'REGISTRY_BUNDLE_OK']),
    );
  });

  const CASES: [string, () => Promise<[Record<string, string>, ...string[]]>, object][] = [
    [
      'another settings file than that of the server',
      async () => {
        const path = join(folder, 'settings.yaml');
        await writeFile(join(folder, 'client-secret'), 'A-secret-for-all-1');
        await writeFile(path, 'oidc:\n  endpoint: http://127.0.0.1:9\n  clientSecret: { file: client-secret }\n');
        return [{ SETTINGS_FILE: path }];
      },
      { errors: [], warnings: ['SETTINGS_DIFFER', 'PROVIDER_FAILED_UNUSED'] },
    ],
    [
      'a proxy that serves another path than PUBLIC_URL',
      async () => [{ PUBLIC_URL: `${await front({ below: '/mooring' })}/registry` }],
      { errors: ['PUBLIC_URL_ELSEWHERE'] },
    ],
    [
      'a proxy whose header is not read',
      async () => [{ PUBLIC_URL: await front({ names: true }) }],
      { errors: [], warnings: ['PROXY_NOT_TRUSTED'] },
    ],
    [
      'a proxy that names no client',
      async () => [{ PUBLIC_URL: await front() }],
      { errors: [], warnings: ['PROXY_NAMES_NOBODY'] },
    ],
    [
      'more trusted proxies than there are',
      async () => {
        const other = await started({ TRUST_PROXY: '2' });
        const PUBLIC_URL = await front({ names: true }, other);
        return [{ TRUST_PROXY: '2', PUBLIC_URL, PORT: String(port(other)) }];
      },
      { errors: ['PROXY_TRUSTED_TOO_FAR'], warnings: [] },
    ],
    [
      'a proxy that refuses large headers',
      async () => [{ PUBLIC_URL: await front({ mostHeaders: 8192, names: true }) }],
      { errors: [], warnings: expect.arrayContaining(['SMALL_HEADERS']) },
    ],
    [
      'a proxy without a server behind it',
      async () => [{ PUBLIC_URL: (await openUnserved()).url }],
      { errors: ['PUBLIC_URL_SILENT'] },
    ],
    [
      'another installation at PUBLIC_URL',
      async () => {
        const foreign = await StoppedInstallation.make();
        const other = await started({}, foreign);
        open.push({ close: () => foreign.remove() });
        return [{ PUBLIC_URL: other.url }];
      },
      { errors: ['PUBLIC_URL_ELSEWHERE'] },
    ],
    [
      'a registry with another realm and service',
      async () => [
        {},
        '--registry',
        await registry(401, 'Bearer realm="https://old.example.com/token",service="other"'),
      ],
      { errors: ['REGISTRY_REALM', 'REGISTRY_SERVICE'] },
    ],
    [
      'a registry that asks for no token',
      async () => [{}, '--registry', await registry(200)],
      { errors: ['REGISTRY_OPEN'] },
    ],
    [
      'a bundle without our certificate',
      async () => {
        await writeFile(join(folder, 'other.pem'), SELF_SIGNED.cert);
        return [{}, '--registry-bundle', join(folder, 'other.pem')];
      },
      { errors: ['BUNDLE_WITHOUT_OURS'] },
    ],
  ];
  const openUnserved = async () => {
    const opened = await openPlainProxy({ port: 1 });
    open.push(opened);
    return opened;
  };

  it.each(CASES)('names %s', async (name, prepare, expected) => {
    const [changes, ...args] = await prepare();
    const found = await examine(changes, ...args);
    expect(found).toMatchObject(expected);
    await keepExample(name, found.text, folder);
    expect(found.exit).toBe(found.errors.length > 0 ? 1 : 0);
  });

  it('names no client of a registry that refuses the realm, where it is by https and Mooring is not', async () => {
    const found = await examine({ REGISTRY_PUBLIC_URL: 'https://registry.example.com' });
    expect(found).toMatchObject({ errors: [], warnings: ['REALM_REFUSED'], exit: 0 });
  });

  it('ends with 1 for warnings where it is asked to be strict, and prints no colours where nobody watches', async () => {
    const found = await examine({ TRUST_PROXI: '1' }, '--strict');
    expect(found).toMatchObject({ errors: [], warnings: ['VARIABLE_WITHOUT_EFFECT'], exit: 1 });
    expect(found.out).not.toContain('\u001b');
  });
});
