import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../support/free-port.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { StockRegistry } from '../support/stock-registry.js';
import { prepared } from './prepared.js';

const PASSED = /<testcase name="([^"]*)"[^>]* status="passed"/g;
const REPOSITORIES = { OCI_REPO1: 'users/lin/repo1', OCI_REPO2: 'users/lin/repo2' };

describe('The conformance suite of the OCI distribution specification', () => {
  let scenario: OidcScenario;
  let open: StockRegistry;
  let guarded: StockRegistry;
  let secret: string;
  /** What Distribution 3.1 itself passes; it does not pass all. */
  let passedOpen: Map<string, number>;
  beforeAll(async () => {
    scenario = await OidcScenario.open();
    secret = await scenario.secretOf(await scenario.onboarded('lin'));
    [open, guarded] = [await start(null), await start(scenario.app.url)];
    passedOpen = await passedAt(open, {});
  });
  afterAll(async () => {
    await open.stop();
    await guarded.stop();
    await scenario.close();
  });

  const start = async (mooringUrl: string | null) => {
    const [port, program] = [await freePort(), join(prepared('distribution'), 'registry')];
    return StockRegistry.start(mooringUrl, { port, address: `localhost:${port}`, program });
  };
  /** The names that pass, with how often each does. A suite that ends early has written no report. */
  const passedAt = async (registry: StockRegistry, variables: Record<string, string>) => {
    const results = registry.path(`results-${variables.OCI_CACHE_AUTH}`);
    const place = { OCI_REGISTRY: registry.address, OCI_TLS: 'disabled', OCI_RESULTS_DIR: results, ...REPOSITORIES };
    const program = join(prepared('conformance'), 'conformance');
    await registry.client(program, [], { variables: { ...place, ...variables } });
    const report = await readFile(join(results, 'junit.xml'), 'utf8');
    const counts = new Map<string, number>();
    for (const [, name = ''] of report.matchAll(PASSED)) counts.set(name, (counts.get(name) ?? 0) + 1);
    return counts;
  };

  it('has enough that it passes at an open registry to compare with', () => {
    expect([...passedOpen.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(550);
  });

  it.each(['true', 'false'])(
    'passes behind Mooring all that it passes at an open registry, with credentials cached: %s',
    async (OCI_CACHE_AUTH) => {
      const passed = await passedAt(guarded, { OCI_CACHE_AUTH, OCI_USERNAME: 'lin', OCI_PASSWORD: secret });
      expect([...passedOpen].filter(([name, count]) => (passed.get(name) ?? 0) < count)).toEqual([]);
    },
  );
});
