import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { ProviderGrant } from '../../src/grants/provider-grant.entity.js';
import { printFigures, Tally } from '../support/fault-table.js';
import { TEST_PROVIDER } from '../support/documents.js';
import { OidcScenario } from '../support/oidc-scenario.js';

const RECHECK_SECONDS = 60;
/** Longer than a silent provider is left alone. */
const PAUSE_SECONDS = 31;
/** Longer than those who use a secret wait for the provider, and shorter than its answer is listened for. */
const TOO_LATE_MS = 11_500;
const LONGEST_WAIT_MS = 12_000;
/** Two steps of seven seconds each, and one for everything else. */
const LONGEST_TEST_MS = 15_000;
const LOOK_AGAIN_MS = 50;

describe('A provider that is asked to refresh', () => {
  let scenario: OidcScenario;
  let secret: string;
  let answers: Tally;

  beforeEach(async () => {
    scenario = await OidcScenario.open({ idTokenSeconds: 600, oidc: { recheckMinutes: RECHECK_SECONDS / 60 } });
    secret = await scenario.secretOf(await scenario.onboarded('lin'));
    answers = new Tally();
  });
  afterEach(() => scenario.close());

  const status = async () => {
    const answer = (await scenario.verify('lin', secret)).status as string;
    answers.add(answer);
    return answer;
  };
  const statusInTime = async () => {
    const begun = performance.now();
    const answer = await status();
    expect(performance.now() - begun).toBeLessThan(LONGEST_WAIT_MS);
    return answer;
  };
  const untilGivenBack = async () => {
    const grants = scenario.app.nest.get(DataSource).getRepository(ProviderGrant);
    while ((await grants.findOneByOrFail({})).leaseOwner !== null) await pause(LOOK_AGAIN_MS);
  };
  const figures = (fault: string) =>
    printFigures({ fault, rounds: 1, refreshes: scenario.provider.refreshes, answers });

  it('and hangs is called silent within twelve seconds, and asked again in the end', async () => {
    scenario.provider.atTokenEndpoint = () => undefined;
    scenario.app.clock.advance(RECHECK_SECONDS + 1);
    expect(await statusInTime()).toBe('PROVIDER_UNAVAILABLE');
    expect(await statusInTime()).toBe('PROVIDER_UNAVAILABLE');
    scenario.provider.atTokenEndpoint = undefined;
    await untilGivenBack();
    scenario.app.clock.advance(PAUSE_SECONDS);
    expect(await status()).toBe('VALID');
    figures('a provider that hangs');
    expect(scenario.provider.refreshes).toEqual({ succeeded: 1, refused: 0 });
  });

  it('and answers too late for those who wait has not rotated in vain: the answer is kept', async () => {
    scenario.provider.atTokenEndpoint = (_request, _response, next) => void setTimeout(next, TOO_LATE_MS);
    scenario.app.clock.advance(RECHECK_SECONDS + 1);
    expect(await statusInTime()).toBe('PROVIDER_UNAVAILABLE');
    scenario.provider.atTokenEndpoint = undefined;
    await untilGivenBack();
    expect(await status()).toBe('VALID');
    figures('a provider that answers late');
    expect(scenario.provider.refreshes).toEqual({ succeeded: 1, refused: 0 });
    scenario.app.clock.advance(RECHECK_SECONDS + 1);
    expect(await status()).toBe('VALID');
    expect(scenario.provider.refreshes).toEqual({ succeeded: 2, refused: 0 });
  });

  it('and never answers is tested within fifteen seconds', async () => {
    const mute = createServer().listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const endpoint = `http://localhost:${(mute.address() as AddressInfo).port}`;
    const { app } = scenario;
    const begun = performance.now();
    const { data } = await app.ask(app.admin, TEST_PROVIDER, { input: { oidc: { endpoint, clientSecret: 'any' } } });
    expect(performance.now() - begun).toBeLessThan(LONGEST_TEST_MS);
    expect(data.testOidcProvider.report.ok).toBe(false);
    mute.close();
  });
});
