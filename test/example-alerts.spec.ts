import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { FAMILIES, MetricFamily } from '../src/health/metric-families.js';

const TEXT = readFileSync(new URL('../examples/prometheus/mooring.rules.yml', import.meta.url), 'utf8');
const ALERTS = TEXT.split(/^ +- alert: /m).slice(1);
const FAMILY_LIST: readonly MetricFamily[] = Object.values(FAMILIES);

/** The family of a name in a query: a histogram has names of its own for its counts and buckets. */
const familyOf = (name: string) =>
  FAMILY_LIST.find((family) => name === family.name || name.replace(/_(bucket|count|sum)$/, '') === family.name);

describe('The example of alerting rules', () => {
  it.each(ALERTS.map((alert) => [alert.split('\n')[0] ?? '', alert] as const))(
    '%s asks only for metrics, labels and values that there are, and says what to do',
    (_name, alert) => {
      const [, query = ''] = /expr: ([^]*?)\n +(?:for|labels):/.exec(alert) ?? [];
      for (const [, name = '', selector = ''] of query.matchAll(/\b(mooring_\w+)(?:\{([^}]*)\})?/g)) {
        const family = familyOf(name);
        expect([name, family?.name]).toEqual([name, expect.any(String)]);
        for (const [, label = '', value = ''] of selector.matchAll(/(\w+)=~?"([^"]*)"/g)) {
          for (const one of value.split('|')) expect(family?.labels[label]).toMatch(new RegExp(`\\b${one}\\b`));
        }
      }
      expect(alert).toMatch(/^ +summary: .+\.['"]?$/m);
      expect(alert).toMatch(/^ +action: .+/m);
    },
  );

  it('has eight, each with a name of its own', () => {
    expect(new Set(ALERTS.map((alert) => alert.split('\n')[0])).size).toBe(8);
  });
});
