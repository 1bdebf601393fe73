import { describe, expect, it } from '@jest/globals';
import { USUAL } from '../../bench/model/assumptions.js';
import { capacityOf, ratesOf, refreshesOf } from '../../bench/model/capacity.js';
import { comparedCases, fitted, refreshedOverReplicas } from '../../bench/model/comparison.js';
import type { Measured, OperationCosts } from '../../bench/model/measured.js';
import { randomFrom } from '../../bench/model/random.js';
import { Case, simulated } from '../../bench/model/simulation.js';
import { asMarkdown, asText, shown, tablesOf, withTables } from '../../bench/model/tables.js';
import { Timeline } from '../../bench/model/timeline.js';

const operation = (replicaMicros: number, statements: number, writes = 0): OperationCosts => ({
  ...{
    replicaMicros,
    databaseMicros: 100 * statements,
    statements,
    writes,
    bytesTo: 500,
    bytesFrom: 900,
    logBytes: 100,
  },
});
const MEASURED: Measured = {
  machine: '2 x processor',
  operations: {
    verification: operation(250, 0.4),
    verificationAlone: operation(400, 2),
    token: operation(300, 0.4),
    refresh: operation(3_000, 7, 3),
    login: operation(10_000, 30, 12),
  },
  loads: [
    {
      connections: 1,
      perSecond: 900,
      p50: 1,
      p99: 2,
      statementsPerRequest: 2,
      replicaMicros: 400,
      clientMicros: 80,
      busy: 0.4,
    },
    {
      connections: 50,
      perSecond: 3_600,
      p50: 13,
      p99: 30,
      statementsPerRequest: 0.4,
      replicaMicros: 250,
      clientMicros: 60,
      busy: 0.9,
    },
  ],
  refreshing: { grants: 950, refreshes: 950, seconds: 10, providerMs: 200, perSecond: 2_500 },
  bytes: { MariaDB: { provider_grants: 5_000, users: 2_000, audit_events: 500 }, SQLite: { provider_grants: 4_000 } },
  tokens: 'tokens of 1,000 characters',
};
const CASE: Case = {
  arrivals: { connections: 1 },
  ...{ replicas: 1, users: 100, expired: 0, seconds: 5, seed: 7, roundTripMs: 0.2, clientMs: 0.05 },
  costs: { requestMs: 0.2, statementMs: 0.05, refreshMs: 1, providerMs: 50 },
};

describe('The capacity model', () => {
  it('counts a refresh for each life of a token in which a secret is used, however often', () => {
    expect(refreshesOf(0, 9)).toBe(0);
    expect(refreshesOf(1_000_000, 9)).toBeCloseTo(9);
    expect(refreshesOf(0.01, 9)).toBeCloseTo(0.01, 4);
  });

  it('asks in proportion to the people, and refreshes less often where tokens live longer', () => {
    const [some, tenfold] = [ratesOf(1_000, USUAL), ratesOf(10_000, USUAL)];
    for (const [name, rate] of Object.entries(some))
      expect(tenfold[name as keyof typeof tenfold]).toBeCloseTo(10 * rate);
    expect(ratesOf(1_000, { ...USUAL, tokenMinutes: 600 }).refreshes).toBeLessThan(some.refreshes);
  });

  it('keeps room for a replica and a node that fail, and finds where one cluster does not do', () => {
    const small = capacityOf(100, USUAL, MEASURED);
    expect(small).toMatchObject({ replicas: 2, nodes: 3 });
    const large = capacityOf(100_000_000, USUAL, MEASURED);
    expect(large.nodes).toBeNull();
    expect(large.replicas).toBeGreaterThan(large.replicaCores / (USUAL.coresPerReplica * USUAL.utilization));
    expect(large.peopleGigabytes).toBe(700);
  });

  it('bounds the audit log by what processes add in a minute', () => {
    const events = { ...USUAL, eventsPerThousandPulls: 1_000, loginsPerPerson: 1e-9 };
    const { replicas, auditGigabytes } = capacityOf(10_000_000, { ...events, peak: 1e-6 }, MEASURED);
    const rows = replicas * USUAL.coresPerReplica * 1_000 * 1_440 * USUAL.auditDays;
    expect(auditGigabytes).toBeCloseTo((rows * 500) / 1e9, 3);
  });
});

describe('The simulation', () => {
  it('gives the same result for the same seed', () => {
    const what = { ...CASE, arrivals: { perSecond: 800 }, expired: 30 };
    expect(simulated(what)).toEqual(simulated(what));
    expect(simulated(what)).not.toEqual(simulated({ ...what, seed: 8 }));
    expect([randomFrom(1)(), randomFrom(1)()]).toEqual([randomFrom(1)(), randomFrom(1)()].reverse());
  });

  it('reads twice for a request by itself, and together for those of one turn', () => {
    const alone = simulated(CASE);
    expect(alone.statementsPerRequest).toBeCloseTo(2, 1);
    expect(alone.p50).toBeCloseTo(0.2 + 2 * (0.05 + 0.2), 5);
    const many = simulated({ ...CASE, arrivals: { connections: 50 } });
    expect(many.statementsPerRequest).toBeLessThan(0.5);
    expect(many.busy).toBeGreaterThan(0.95);
    expect(many.perSecond).toBeGreaterThan(2 * alone.perSecond);
  });

  it('refreshes each expired grant once, however many replicas are asked for it at the same time', () => {
    const refreshed = simulated({ ...CASE, replicas: 3, expired: 100, arrivals: { connections: 150 } });
    expect(refreshed).toMatchObject({ refreshes: 100, mostRefreshesOfOne: 1 });
    // Who asks meanwhile waits for the provider.
    expect(simulated({ ...CASE, expired: 100, seconds: 0.2 }).p50).toBeGreaterThan(50);
  });

  it('lets things happen in the order of their times, and ends', () => {
    const timeline = new Timeline(1_000);
    const seen: string[] = [];
    for (const [at, name] of [
      [3, 'c'],
      [1, 'a'],
      [2, 'b'],
      [1, 'a2'],
      [9, 'late'],
    ] as const)
      timeline.after(at, () => seen.push(`${name} at ${timeline.now}`));
    timeline.runUntil(5);
    expect(seen).toEqual(['a at 1', 'a2 at 1', 'b at 2', 'c at 3']);
    const endless = () => timeline.after(0, endless);
    endless();
    expect(() => timeline.runUntil(6)).toThrow('events');
  });
});

describe('The comparison with measurements', () => {
  it('computes with costs that give the measured ones again', () => {
    const { costs } = fitted(MEASURED, 200);
    const of = (statements: number) => 1_000 * (costs.requestMs + statements * costs.statementMs);
    expect([of(2), of(0.4)].map((micros) => micros.toFixed(3))).toEqual(['400.000', '250.000']);
    expect(() => fitted({ ...MEASURED, loads: MEASURED.loads.slice(1) }, 200)).toThrow('Two loads');
  });

  it('tells of each case how far apart both are', () => {
    const rows = comparedCases(MEASURED);
    const [first] = rows;
    const many = rows.find(({ what }) => what === '50 connections: verifications a second');
    expect(first).toMatchObject({ what: '1 connection: verifications a second', measured: 900 });
    expect(many?.ratio).toBeCloseTo((many?.simulated ?? NaN) / 3_600);
    expect(rows.at(-1)).toMatchObject({ measured: 950, simulated: 950 });
    expect(refreshedOverReplicas(MEASURED, 3)).toMatchObject({ refreshes: 200, mostRefreshesOfOne: 1 });
  });
});

describe('The tables of the model', () => {
  it('have each figure, assumption and cost, as text and in Markdown', () => {
    const tables = tablesOf(USUAL, MEASURED, [10_000]);
    const [text, markdown] = [asText(tables, MEASURED), asMarkdown(tables, MEASURED)];
    for (const page of [text, markdown]) {
      for (const word of ['10,000 people', '--tokenMinutes', 'verification, one at a time', 'provider_grants', 'ratio'])
        expect(page).toContain(word);
      expect(page).toContain('2 x processor');
    }
    expect([0, NaN, 0.123, 12.34, 12_345_678].map(shown)).toEqual(['0', '-', '0.12', '12', '12,300,000']);
  });

  it('are written between the markers of a page, again and again', () => {
    const page = 'Before.\n<!-- tables of npm run bench:model -->\n<!-- end of the tables -->\nAfter.\n';
    const tables = asMarkdown(tablesOf(USUAL, MEASURED, [10_000]), MEASURED);
    const once = withTables(page, tables);
    expect(once).toMatch(/^Before\.\n[^]*10,000 people[^]*\nAfter\.\n$/);
    expect(withTables(once, tables)).toBe(once);
    expect(() => withTables('No markers.', tables)).toThrow('no place for the tables');
  });
});
