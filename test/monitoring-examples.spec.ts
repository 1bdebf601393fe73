import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { FAMILIES, MetricFamily } from '../src/health/metric-families.js';

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

const textOf = (file: string) => readFileSync(new URL(`../examples/${file}`, import.meta.url), 'utf8');
const alerts = textOf('prometheus/mooring.rules.yml')
  .split(/^ +- alert: /m)
  .slice(1)
  .map((alert) => [alert.split('\n')[0] ?? '', alert] as const);
const { panels } = JSON.parse(textOf('grafana/mooring.json')) as { panels: Panel[] };
const families: readonly MetricFamily[] = Object.values(FAMILIES);

/** The family of a name in a query: a histogram has names of its own for its counts and buckets. */
const familyOf = (name: string) =>
  families.find((family) => name === family.name || name.replace(/_(bucket|count|sum)$/, '') === family.name);

/** Whether a family has a label with these values, as it is described. Prometheus itself adds the job. */
function hasLabel(family: MetricFamily, label: string, values: string): boolean {
  const described = family.labels[label] ?? '';
  return label === 'job' || values.split('|').every((value) => new RegExp(`\\b${value}\\b`).test(described));
}

/** What a query asks for that is not measured. */
function unknownIn(query: string): string[] {
  return [...query.matchAll(/\b(mooring_\w+)(?:\{([^}]*)\})?/g)].flatMap(([, name = '', selector = '']) => {
    const family = familyOf(name);
    if (!family) return [name];
    const labels = [...selector.matchAll(/(\w+)=~?"([^"]*)"/g)];
    return labels
      .filter(([, label = '', values = '']) => !hasLabel(family, label, values))
      .map(([text]) => name + text);
  });
}

describe('The examples for monitoring ask only for what is measured', () => {
  it.each(alerts)('the alert %s, which also says what to do', (_name, alert) => {
    const [, query = ''] = /expr: ([^]*?)\n +(?:for|labels):/.exec(alert) ?? [];
    expect(query).not.toBe('');
    expect(unknownIn(query)).toEqual([]);
    expect(alert).toMatch(/^ +summary: .+\.['"]?$/m);
    expect(alert).toMatch(/^ +action: .+/m);
  });

  it.each(panels)('the panel $title of the dashboard', ({ targets }) => {
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.flatMap(({ expr }) => unknownIn(expr))).toEqual([]);
  });

  it('and show each metric but the plain counts of requests and of rounds for a refresh token', () => {
    const asked = JSON.stringify([alerts, panels]);
    const notShown = families.filter(({ name }) => !asked.includes(name)).map(({ name }) => name);
    expect(notShown).toEqual(['mooring_requests_total', 'mooring_consent_rounds_total']);
  });
});
