import { describe, expect, it } from '@jest/globals';
import { clusterInWords, makeCausal } from './mysql-cluster.js';

const UNKNOWN_VARIABLE = Object.assign(new Error('Unknown system variable'), { errno: 1193 });
const LOST = Object.assign(new Error('Connection lost'), { code: 'PROTOCOL_CONNECTION_LOST', fatal: true });
const GALERA = { version: '10.11.19-MariaDB', wsrep_on: 'ON', wsrep_provider: '/usr/lib/galera/libgalera_smm.so' };
const GROUP = { version: '8.4.3', group_replication_group_name: '6d4f0a4e-8f0f-4a3b-9f3f-000000000000' };

/** A server with these variables, which lets a session set those of these names. */
function serverWith(
  variables: Readonly<Record<string, string>>,
  settable: readonly string[],
  error: Error = UNKNOWN_VARIABLE,
) {
  const given: string[] = [];
  const run = (sql: string): Promise<unknown> => {
    given.push(sql);
    if (sql.startsWith('SHOW'))
      return Promise.resolve(Object.entries(variables).map(([name, Value]) => ({ Variable_name: name, Value })));
    return settable.some((name) => sql.includes(name)) ? Promise.resolve({}) : Promise.reject(error);
  };
  return { given, run };
}

describe(makeCausal, () => {
  it.each([
    [
      'MariaDB by itself, which knows the variable and does nothing with it',
      { version: '10.11.19-MariaDB', wsrep_on: 'OFF', wsrep_provider: 'none' },
      ['wsrep_sync_wait'],
      { engine: 'mariadb', kind: 'none', isCausal: true },
    ],
    ['MySQL by itself', { version: '8.4.3' }, [], { engine: 'mysql', kind: 'none', isCausal: true }],
    ['a Galera node', GALERA, ['wsrep_sync_wait'], { engine: 'mariadb', kind: 'galera', isCausal: true }],
    ['a Galera node that refuses it', GALERA, [], { engine: 'mariadb', kind: 'galera', isCausal: false }],
    [
      'a member of a replication group',
      GROUP,
      ['group_replication_consistency'],
      { engine: 'mysql', kind: 'group-replication', isCausal: true },
    ],
    ['one that refuses it', GROUP, ['wsrep_sync_wait'], { kind: 'group-replication', isCausal: false }],
  ])('tells what is in force at %s', async (_what, variables: Record<string, string>, settable, expected) => {
    expect(await makeCausal(serverWith(variables, settable).run)).toMatchObject(expected);
  });

  it('gives all its statements at once, and asks before a statement could wait for the cluster', () => {
    const { given, run } = serverWith(GALERA, ['wsrep_sync_wait']);
    void makeCausal(run);
    expect(given).toEqual([
      expect.stringMatching(/^SHOW VARIABLES/),
      'SET SESSION wsrep_sync_wait = 7',
      "SET SESSION group_replication_consistency = 'BEFORE'",
    ]);
  });

  it('fails on a connection that is lost', async () => {
    await expect(makeCausal(serverWith(GALERA, [], LOST).run)).rejects.toBe(LOST);
  });

  it('has a sentence for each', async () => {
    const wordsAt = async (variables: Record<string, string>, settable: readonly string[]) =>
      clusterInWords(await makeCausal(serverWith(variables, settable).run));
    expect(await wordsAt({ version: '8.4.3' }, [])).toBe('is part of no cluster');
    expect(await wordsAt(GALERA, ['wsrep_sync_wait'])).toMatch(/every statement waits for .* \(wsrep_sync_wait=7\)$/);
    expect(await wordsAt(GALERA, [])).toMatch(/refused wsrep_sync_wait=7/);
  });
});
