import { describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compared } from '../../bench/compared.js';
import { mergedInto, readReport, writeReport } from '../../bench/report/json.js';
import { withTable } from '../../bench/report/page.js';
import { Amount, Failed, isMet, missedIn, Rates, Side } from '../../bench/report/row.js';
import { markdownTable, textTable } from '../../bench/report/table.js';

const side = (perSecond: number, cpuMicros: number | null): Side => ({
  ...{ perSecond, cpuMicros, p50: 2.25, p99: 9.5, single: 0.125 },
});
const rates = (goal: number | null, changes: Partial<Rates> = {}): Rates => {
  const { ours = side(4_500, 100), ceiling = side(10_000, 50) } = changes;
  return {
    ...{ kind: 'rates', name: 'verify', against: 'bare look-up', goal, hasCpuGoal: true },
    ...{ ...compared([ours], [ceiling], { ours: ours.single, ceiling: ceiling.single }), ...changes },
  };
};
const amount = (value: number, changes: Partial<Amount> = {}): Amount => ({
  ...{ kind: 'amount', name: 'memory', against: 'resident', amount: value, unit: 'MB', goal: 220, ...changes },
});
const FAILED: Failed = { kind: 'failed', name: 'plain', message: 'npm is | missing' };
const reportOf = (...rows: (Rates | Amount | Failed)[]) => ({ machine: '2 x processor', rows });

describe('A row of the benchmark', () => {
  it('has the ratio to its ceiling as throughput, and as CPU time the other way round', () => {
    expect(rates(null)).toMatchObject({ ratio: 0.45, cpuRatio: 0.5 });
    expect(rates(null, { ceiling: side(10_000, null) }).cpuRatio).toBeNull();
  });

  it('compares neighbouring rounds, so that a machine that was slow for a while counts once', () => {
    const halved = [side(4_000, 100), side(2_000, 200), side(1_900, 200)];
    const ceiling = [side(8_000, 50), side(4_000, 100), side(4_000, 100)];
    expect(compared(halved, ceiling)).toMatchObject({ ratio: 0.5, cpuRatio: 0.5, ours: { perSecond: 2_000 } });
  });

  it('meets a goal only by both ratios, or by throughput where CPU time has no goal or is not known', () => {
    expect(isMet(rates(0.45))).toBe(true);
    expect(isMet(rates(0.46))).toBe(false);
    expect(isMet(rates(0.45, { ours: side(4_500, 120) }))).toBe(false);
    expect(isMet(rates(0.45, { ours: side(4_500, 120), hasCpuGoal: false }))).toBe(true);
    expect(isMet(rates(0.45, { ours: side(4_500, null) }))).toBe(true);
    expect(isMet(rates(null))).toBeNull();
  });

  it('meets a limit up to the limit itself, and misses it by no figure', () => {
    expect([amount(220), amount(220.1), amount(NaN)].map(isMet)).toEqual([true, false, false]);
  });

  it('that failed misses its goal, and is named with the others that do', () => {
    expect(missedIn([rates(0.9), rates(null), amount(1), FAILED])).toEqual(['verify', 'plain']);
  });
});

describe('The table of the benchmark', () => {
  it('shows each row with its figures, its goal and what was recorded before', () => {
    const recorded = reportOf(rates(0.45, { ours: side(4_000, 100) }));
    const [head = '', row = '', limit = '', failure = ''] = textTable(
      reportOf(rates(0.45), amount(219.6), FAILED),
      recorded,
    ).split('\n');
    expect(head.split(/ {2,}/).slice(0, 4)).toEqual(['scenario', 'against', 'ours', 'ceiling']);
    expect(row.split(/ {2,}/)).toEqual([
      ...['verify', 'bare look-up', '4500/s', '10000/s', '0.45', '>= 0.45', 'yes'],
      ...['100.0', '50.0', '0.50', '2.3/9.5', '2.3/9.5', '0.125', '0.125', '4000/s', '10000/s', '0.40'],
    ]);
    expect(limit.split(/ {2,}/).slice(0, 7)).toEqual(['memory', 'resident', '220 MB', '-', '-', '<= 220 MB', 'yes']);
    expect(failure.split(/ {2,}/).slice(0, 7)).toEqual([
      ...['plain', 'npm is | missing', 'failed', '-', '-', '-', 'NO'],
    ]);
  });

  it('aligns its columns', () => {
    const lines = textTable(reportOf(rates(0.45), amount(1), FAILED))
      .split('\n')
      .slice(0, 4);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });

  it('is written between the markers of a page, again and again', () => {
    const page = 'Before.\n<!-- table of npm run bench -->\n<!-- end of the table -->\nAfter.\n';
    const report = reportOf(rates(0.45), FAILED);
    const once = withTable(page, report, ['performance/cpu-time.svg']);
    expect(once).toContain(markdownTable(report));
    expect(once).toContain('npm is \\| missing');
    expect(once).toContain('![cpu-time](performance/cpu-time.svg)');
    expect(once).toMatch(/^Before\.\n[^]*\nAfter\.\n$/);
    expect(withTable(once, report, ['performance/cpu-time.svg'])).toBe(once);
    expect(() => withTable('No markers.', report, [])).toThrow('no place for the table');
  });
});

describe('The figures of the benchmark', () => {
  it('are read as they were written; no file has none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-report-'));
    const file = join(folder, 'results', 'run.json');
    expect(await readReport(file)).toBeUndefined();
    await writeReport(file, reportOf(rates(0.45), FAILED));
    expect(await readReport(file)).toEqual(reportOf(rates(0.45), FAILED));
    await rm(folder, { recursive: true });
  });

  it('that are recorded take the place of those with the same name; what failed does not', () => {
    const before = reportOf(rates(0.45), amount(100));
    const after = mergedInto(before, { machine: 'another', rows: [amount(200), { ...FAILED, name: 'verify' }] });
    expect(after).toEqual({ machine: 'another', rows: [rates(0.45), amount(200)] });
  });
});
