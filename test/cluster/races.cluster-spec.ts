import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mysql2/promise';
import { newId } from '../../src/common/persistence/ids.js';
import { Cluster } from '../support/cluster.js';
import { CREATE_USER } from '../support/documents.js';
import { printFigures, Tally } from '../support/fault-table.js';
import { GaleraCluster } from '../support/galera.js';
import { modeRacesOf } from '../support/mode-races.js';
import { written } from '../support/racing-writes.js';
import { ROUNDS } from './rounds.js';

const NODES = 3;
const RACES = 1_500;
/** Hashing the password of an account takes far longer than a write. */
const SLOW_ROUNDS = Math.ceil(ROUNDS / 10);
const ONCE = `INSERT INTO once_only (purpose, hash, expires_at) VALUES ('race', ?, '2126-01-01 00:00:00.000')`;
const NAMED = `
  INSERT INTO users (id, mode, username, folded_name, is_admin, is_disabled, security_stamp, created_at, updated_at)
  VALUES (?, 'DATABASE', ?, ?, FALSE, FALSE, ?, '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000')`;

describe('At three nodes of Galera with a replica each', () => {
  let cluster: Cluster<GaleraCluster>;
  let connections: Connection[];
  beforeAll(async () => {
    cluster = await Cluster.on(await GaleraCluster.start(), NODES);
    connections = await Promise.all([0, 1, 2].map((node) => cluster.server.connect(node)));
  });
  afterAll(async () => {
    for (const connection of connections ?? []) connection.destroy();
    await cluster?.stop();
  });

  const nodesOf = (round: number) => [connections[round % NODES]!, connections[(round + 1) % NODES]!] as const;

  it('a switch of the auth mode and a new user of the old mode never both succeed, and never both fail', async () => {
    const outcomes = new Tally();
    for (let round = 0; round < RACES; round++) {
      const { switched, inserted } = await modeRacesOf(...nodesOf(round)).run(round);
      outcomes.add(`switched ${String(switched)} and inserted ${String(inserted)}`);
    }
    printFigures({ fault: 'Races of the mode rule', rounds: RACES, answers: outcomes });
    expect(['switched false and inserted true', 'switched true and inserted false']).toEqual(
      expect.arrayContaining(outcomes.kinds),
    );
  });

  it.each<[string, (id: string) => readonly [string, readonly string[]]]>([
    ['what may be used once', (id) => [ONCE, [id]]],
    ['one user name', (id) => [NAMED, [newId(), id, id, id]]],
  ])('%s has one winner', async (what, writeOf) => {
    const outcomes = new Tally();
    for (let round = 0; round < RACES; round++) {
      const id = newId();
      const ended = await Promise.all(connections.map((connection) => written(connection, ...writeOf(id))));
      outcomes.add(ended.map(String).sort().join(' '));
    }
    await connections[0]!.query(`DELETE FROM users WHERE mode = 'DATABASE'`);
    printFigures({ fault: `Races for ${what}`, rounds: RACES, answers: outcomes });
    expect(outcomes.kinds).toEqual(['false false true']);
  });

  it('accounts with one name that are created at three replicas come down to one', async () => {
    const admin = await cluster.adminSession();
    const outcomes = new Tally();
    for (let round = 0; round < SLOW_ROUNDS; round++) {
      const create = (at: number) => {
        const input = { username: `race-${round}`, password: 'Password-1', email: `r${round}-${at}@example.org` };
        return cluster.askAt(cluster.replicas[at]!, admin, CREATE_USER, { input });
      };
      const ended = await Promise.all([0, 1, 2].map(create));
      outcomes.add(
        ended
          .map(({ code }) => code ?? 'accepted')
          .sort()
          .join(' '),
      );
    }
    printFigures({ fault: 'Accounts with one name', rounds: SLOW_ROUNDS, answers: outcomes });
    expect(outcomes.kinds).toEqual(['USERNAME_TAKEN USERNAME_TAKEN accepted']);
  });
});
