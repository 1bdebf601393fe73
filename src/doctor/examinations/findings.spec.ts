import { describe, expect, it } from '@jest/globals';
import { galeraFindings, readFindings, readOnlyFindings, replicaFindings } from './cluster.js';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { MOST_CLOCKS_APART_MS } from '../../oidc/refresh/index.js';
import { clockFindings, databaseClock } from './database-clock.js';
import { roomFindings } from './disk.js';
import { fileSystemFindings, serverFindings } from './durability.js';
import { proxyFindings, tooFarFinding } from './forwarding.js';
import { fileFindings, memoryFindings, openFilesIn, workerFindings } from './limits.js';
import { checkFindings } from './provider.js';
import { bearerIn } from './registry.js';
import { ageFindings } from './signing-keys.js';
import type { Finding } from '../finding.js';

const codesOf = (findings: readonly Finding[]) => findings.map(({ code }) => code);
const MIB = 1024 * 1024;

describe('What an examination says of', () => {
  it.each([
    [0, []],
    [1_999, []],
    [-2_500, ['CLOCK_APART']],
    [29_000, ['CLOCK_APART']],
    [31_000, ['CLOCK_FAR_APART']],
    [-3_600_000, ['CLOCK_FAR_APART']],
  ])('a clock that is %d ms ahead', (apart, codes) => expect(codesOf(clockFindings(apart, false))).toEqual(codes));

  it('clocks of nodes that together can be further apart than a refresh lease allows', () => {
    const most = MOST_CLOCKS_APART_MS / 2;
    expect(codesOf(clockFindings(most - 1, true))).toEqual(['CLOCK_FAR_APART']);
    for (const apart of [most, -most]) {
      expect(codesOf(clockFindings(apart, true))).toEqual(['CLOCK_FAR_APART', 'CLOCK_ENDS_LEASES']);
      expect(codesOf(clockFindings(apart, false))).toEqual(['CLOCK_FAR_APART']);
    }
    // Long before, the warning names the bound.
    const [warning] = clockFindings(2_500, true);
    expect(warning?.found).toContain(`differ by ${(MOST_CLOCKS_APART_MS / 1000).toFixed(1)} seconds`);
  });

  it.each([
    [{ innodb_flush_log_at_trx_commit: '1', log_bin: 'OFF', sync_binlog: '0' }, []],
    [{ innodb_flush_log_at_trx_commit: '2' }, ['DATABASE_DURABILITY']],
    [{ innodb_doublewrite: 'OFF' }, ['DATABASE_DURABILITY']],
    [{ log_bin: 'ON', sync_binlog: '0' }, ['DATABASE_LOG_DURABILITY']],
    [{ log_bin: 'ON', sync_binlog: '1' }, []],
  ])('a server with %j', (variables, codes) => {
    expect(codesOf(serverFindings(new Map(Object.entries(variables))))).toEqual(codes);
  });

  it.each([
    [0xef53, []],
    [0x6969, ['DATABASE_NETWORK_FILE']],
    [0xff534d42, ['DATABASE_NETWORK_FILE']],
    [0x794c7630, ['DATABASE_PASSING_FILE']],
  ])('a file system of the kind %d', (type, codes) => {
    expect(codesOf(fileSystemFindings(type, '/data/mooring.db'))).toEqual(codes);
  });

  it('a Galera node that is alone, or whose reads are not causal', () => {
    const states = (status: string) =>
      new Map([
        ['wsrep_cluster_status', status],
        ['wsrep_ready', 'ON'],
      ]);
    expect(codesOf(galeraFindings(states('Primary')))).toEqual([]);
    expect(codesOf(galeraFindings(states('non-Primary')))).toEqual(['CLUSTER_NOT_READY']);
    const part = { engine: 'mariadb', version: '10.11', kind: 'galera' } as const;
    expect(readFindings({ ...part, isCausal: true })).toEqual([]);
    const [refused] = readFindings({ ...part, isCausal: false });
    expect(refused).toMatchObject({ code: 'CLUSTER_READS', fix: expect.stringContaining('wsrep_sync_wait = 7') });
  });

  it('a node of Galera that does not wait for its disk, as guides advise: all of them may fail at once', () => {
    const [finding] = serverFindings(
      new Map([
        ['innodb_flush_log_at_trx_commit', '0'],
        ['wsrep_on', 'ON'],
      ]),
    );
    expect(finding).toMatchObject({
      code: 'DATABASE_DURABILITY',
      severity: 'error',
      found: expect.stringContaining('if all nodes fail at once'),
    });
  });

  it('a replica, and a server that takes no writes', () => {
    expect(codesOf(replicaFindings(new Map([['slave_running', 'ON']])))).toEqual(['DATABASE_REPLICA']);
    expect(codesOf(readOnlyFindings(new Map([['read_only', 'OFF']])))).toEqual([]);
    const [finding] = readOnlyFindings(
      new Map([
        ['read_only', 'ON'],
        ['super_read_only', 'ON'],
      ]),
    );
    expect(finding).toMatchObject({
      code: 'DATABASE_READ_ONLY',
      fix: expect.stringContaining('SET GLOBAL super_read_only = OFF;'),
    });
  });

  it('a disk that fills', () => {
    const told = [4096, 100, 10].map((mib) => codesOf(roomFindings('/data', mib * MIB)));
    expect(told).toEqual([[], ['DISK_LOW'], ['DISK_FULL']]);
    expect(roomFindings('/data', null)).toEqual([]);
  });

  it('limits of the system', () => {
    const text =
      'Limit   Soft Limit  Hard Limit  Units\nMax open files            1024                 1048576              files\n';
    expect(openFilesIn(text)).toBe(1024);
    expect(openFilesIn('Max open files unlimited unlimited files')).toBeNull();
    expect(codesOf(fileFindings(1024))).toEqual(['OPEN_FILES_FEW']);
    expect(codesOf(fileFindings(null))).toEqual([]);
    expect(codesOf(memoryFindings(256 * MIB, 4))).toEqual(['MEMORY_SMALL']);
    expect(codesOf(memoryFindings(2048 * MIB, 4))).toEqual([]);
    expect(codesOf(workerFindings(4, 2))).toEqual(['WORKERS_OVER_CORES']);
    expect(codesOf(workerFindings(2, 2))).toEqual([]);
  });

  it('the age of the signing keys', () => {
    const key = (days: number) => ({ certificate: null, signsFrom: new Date(Date.UTC(2026, 0, 1 + days)) }) as never;
    const now = new Date(Date.UTC(2027, 5, 1));
    expect(codesOf(ageFindings([key(0), key(30)], now))).toEqual(['SIGNING_KEY_OLD']);
    expect(codesOf(ageFindings([key(0), key(400)], now))).toEqual([]);
  });

  it('a proxy', () => {
    const of = (forwarded: 'NONE' | 'READ' | 'UNREAD', isDirect: boolean) =>
      codesOf(proxyFindings({ forwarded, hops: 1 }, isDirect));
    expect([of('NONE', true), of('READ', false)]).toEqual([[], []]);
    expect([of('NONE', false), of('UNREAD', false)]).toEqual([['PROXY_NAMES_NOBODY'], ['PROXY_NOT_TRUSTED']]);
  });

  it('a provider that fails: an error only where people log in at it', () => {
    const check = { name: 'DISCOVERY', status: 'FAILED', detail: 'x', remedy: 'y' } as never;
    const severities = ['OIDC', 'DATABASE'].map((mode) => checkFindings(check, mode).map(({ severity }) => severity));
    expect(severities).toEqual([['error'], ['warning']]);
  });

  it('a number of proxies that reaches too far: how many there are from here, and what to do behind a CDN', () => {
    const { code, found, fix } = tooFarFinding(5, { forwarded: 'READ', hops: 3 });
    expect(code).toBe('PROXY_TRUSTED_TOO_FAR');
    expect(found).toContain('(2): an address that a client sent was read');
    expect(fix).toContain('set TRUST_PROXY=2.');
    expect(fix).not.toContain('TRUST_PROXY=4');
    expect(fix).toMatch(/CDN, let nobody past it, or list the addresses and networks of all of them/);
  });
});

describe('The examination of the clock of the database', () => {
  it('compares what the server tells with the clock of this machine', async () => {
    const clock = new FakeClock();
    const told = new Date(clock.now().getTime() - 600_000).toISOString().replace('Z', '000');
    const findingsOf = async (variables: readonly object[]) => {
      const rows = (sql: string) => Promise.resolve(sql.startsWith('SHOW') ? variables : [{ now: told }]);
      const context = { clock, database: () => Promise.resolve({ engine: 'mysql', rows }) } as never;
      return (await databaseClock.run(context, AbortSignal.timeout(60_000))).findings;
    };
    const behind = { code: 'CLOCK_FAR_APART', found: expect.stringContaining('600.0 seconds behind') };
    expect(await findingsOf([{ Variable_name: 'wsrep_on', Value: 'OFF' }])).toMatchObject([behind]);
    for (const [name, value] of Object.entries({ wsrep_on: 'ON', group_replication_group_name: 'a-group' })) {
      const found = await findingsOf([{ Variable_name: name, Value: value }]);
      expect(found).toMatchObject([behind, { code: 'CLOCK_ENDS_LEASES' }]);
    }
  });
});

describe(bearerIn, () => {
  it.each([
    [
      'Bearer realm="https://m.example/service/token",service="registry"',
      'https://m.example/service/token',
      'registry',
    ],
    ['bearer service="a b", realm="x"', 'x', 'a b'],
    ['Bearer scope="",realm="x"', 'x', ''],
  ])('reads %s', (header, realm, service) => expect(bearerIn(header)).toEqual({ realm, service }));

  it('finds none in other challenges', () => expect(bearerIn('Basic realm="x"')).toBeNull());
});
