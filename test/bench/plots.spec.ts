import { describe, expect, it } from '@jest/globals';
import { plotsOf } from '../../bench/report/plots.js';
import { Row, Side } from '../../bench/report/row.js';
import { element, label, picture } from '../../bench/report/svg.js';

const side = (perSecond: number): Side => ({ perSecond, cpuMicros: 1e6 / perSecond, p50: 1, p99: 2, single: null });
const ROWS: Row[] = [
  {
    ...{
      kind: 'rates',
      name: 'a < b & "c"',
      against: 'x',
      ours: side(450),
      ceiling: side(1_000),
      ratio: 0.45,
      cpuRatio: 0.45,
    },
    ...{ goal: 0.45, hasCpuGoal: false },
  },
  { kind: 'amount', name: 'admin: groups', against: 'p99', amount: 12.5, unit: 'ms', goal: 100 },
  { kind: 'amount', name: 'memory', against: 'resident', amount: 180, unit: 'MB', goal: 220, series: [100, 170, 180] },
  { kind: 'failed', name: 'plain', message: 'failed' },
];

/** The names of elements that are open at the end of a document; throws where a tag, attribute or text is not well-formed. */
function openIn(document: string): string[] {
  const open: string[] = [];
  const rest = document.replace(
    /<(\/?)([a-z]+)((?: [a-zA-Z][a-zA-Z0-9-]*="[^"<]*")*)(\/?)>|[^<>]+/g,
    (found, close, name, attributes = '', empty) => {
      const text = name === undefined ? found : attributes;
      if (/&(?!(amp|lt|gt|quot);)/.test(text)) throw new Error(`Not escaped: ${found}`);
      if (close && open.pop() !== name) throw new Error(`Closes what is not open: ${found}`);
      if (name !== undefined && !close && !empty) open.push(name);
      return '';
    },
  );
  if (rest !== '') throw new Error(`Not well-formed: ${rest}`);
  return open;
}

describe('The plots of the benchmark', () => {
  it('are well-formed pictures of the figures that there are', () => {
    const plots = plotsOf({ machine: '', rows: ROWS });
    expect(Object.keys(plots)).toEqual(['ratios.svg', 'cpu-time.svg', 'latency.svg', 'memory.svg']);
    for (const text of Object.values(plots)) {
      expect(openIn(text)).toEqual([]);
      expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+"/);
      expect(text).not.toMatch(/NaN|Infinity|undefined/);
    }
    expect(plots['ratios.svg']).toContain('a &lt; b &amp; &quot;c&quot;');
    expect(plots['memory.svg']!.match(/points="([^"]*)"/)?.[1]?.split(' ')).toHaveLength(3);
  });

  it('are left out where nothing was measured', () => {
    expect(plotsOf({ machine: '', rows: ROWS.slice(3) })).toEqual({});
  });

  it('escape every text and attribute, and leave out what XML does not have', () => {
    const drawn = picture(
      { width: 10, height: 10 },
      '</title>',
      element('g', { id: '"<&>' }, label(1, 2, 'a\u0000<b>')),
    );
    expect(openIn(drawn)).toEqual([]);
    expect(drawn).toContain('<title>&lt;/title&gt;</title>');
    expect(drawn).toContain('>a&lt;b&gt;</text>');
  });
});
