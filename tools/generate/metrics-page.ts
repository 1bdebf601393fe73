import { FAMILIES, MetricFamily } from '../../src/health/metric-families.js';

const KINDS: Readonly<Record<MetricFamily['kind'], string>> = {
  counter: 'Counter',
  gauge: 'Gauge',
  histogram: 'Histogram',
};
const OF_WORKERS = { min: 'the least', max: 'the greatest', first: 'that of any' };

/** The page of metrics, for operators. */
export function metricsPage(): string {
  return `# Metrics

\`/metrics\` is in the text format of Prometheus. Send a service token of the role METRICS or ADMIN, or the \`METRICS_TOKEN\` of the
environment, as \`Authorization: Bearer\`. Only \`METRICS_TOKEN\` works while the database is down: with the others, the scrape fails too.

\`\`\`yaml
scrape_configs:
  - job_name: mooring
    authorization:
      credentials_file: /etc/prometheus/mooring-token
    static_configs:
      - targets: ['mooring.example.com:8080']
\`\`\`

Each replica counts for itself since its start; with \`WORKERS\`, the workers of a replica are told together. No label holds a name, an
address or anything else that a stranger sends. The metrics of the process (\`process_*\`: CPU time, memory, file descriptors; \`nodejs_*\`:
the delay of the event loop, garbage collection) begin with the first scrape.

[Alerting rules](../examples/prometheus/mooring.rules.yml), each with what to do, and a [dashboard](../examples/grafana/mooring.json) for Grafana are
among the examples; both expect a scrape job that is named \`mooring\` or chosen there.

${Object.values<MetricFamily>(FAMILIES).map(familyOf).join('\n')}`;
}

function familyOf({ kind, name, help, labels, ofWorkers }: MetricFamily): string {
  const rows = Object.entries(labels).map(([label, values]) => `- \`${label}\`: ${values}`);
  const several = ofWorkers ? ` Of several workers: ${OF_WORKERS[ofWorkers]}.` : '';
  const list = rows.length > 0 ? `\n${rows.join('\n')}\n` : '';
  return `## \`${name}\`\n\n${KINDS[kind]}. ${help}${several}\n${list}`;
}
