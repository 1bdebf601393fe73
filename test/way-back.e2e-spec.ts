import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { GrantStore } from '../src/grants/grant-store.service.js';
import { ProviderGrant } from '../src/grants/provider-grant.entity.js';
import { RecoveryCanary } from '../src/oidc/refresh/recovery-canary.service.js';
import { RefreshCoordinator } from '../src/oidc/refresh/refresh-coordinator.service.js';
import { SettingsService } from '../src/settings/settings.service.js';
import { TestApp } from './support/app.js';
import { USERS } from './support/documents.js';
import { HostileScenario } from './support/hostile-scenario.js';
import { Condition, RotatingProvider } from './support/rotating-provider.js';

const LOOK_AGAIN_MS = 50;
/** As many grants fail before a provider that can be reached is left alone. */
const FAILING = 5;
const WAITING = 20;
const MOST_AT_ONCE = 20;
/** Long enough for many requests to be in work at once. */
const SLOW_MS = 400;

describe('When a provider is back', () => {
  let scenario: HostileScenario;
  let provider: RotatingProvider;
  let replicas: TestApp[];
  const ids = new Map<string, string>();

  beforeEach(async () => {
    scenario = await HostileScenario.open();
    const { app } = scenario;
    const same = {
      DATA_DIR: app.environment.dataDir,
      ADMIN_PASSWORD: app.adminPassword,
      PUBLIC_URL: app.url,
    };
    replicas = [app, await TestApp.start(same), await TestApp.start(same)];
    provider = await RotatingProvider.open(scenario);
  });
  afterEach(async () => {
    provider.sendHeld();
    for (const replica of replicas.slice(1)) await replica.stop({ keepData: true });
    await scenario.close();
  });

  /** Uses a grant at a replica, as a verification does. */
  const statusAt = async ({ nest, clock }: TestApp, username: string) => {
    const id = ids.get(username)!;
    await nest.get(SettingsService).catchUp();
    await nest.get(RefreshCoordinator).ensureFresh(id);
    const grant = (await nest.get(GrantStore).of(id))!;
    return grant.expiresAt > clock.now() ? 'FRESH' : (grant.endReason ?? grant.failure);
  };
  const namesOf = (kind: string, each: number) =>
    replicas.map((_replica, at) => Array.from({ length: each }, (_, index) => `${kind}-${at}-${index}`));
  /** The statuses of all of these users, each at its own replica. */
  const statuses = async (names: readonly string[][]) => {
    const answers = names.map((own, at) => own.map((username) => statusAt(replicas[at]!, username)));
    return [...new Set(await Promise.all(answers.flat()))];
  };
  /** One round of each replica, up to the end of its requests. */
  const rounds = async () => {
    const before = provider.inWork.refreshes;
    await Promise.all(replicas.map(({ nest }) => nest.get(RecoveryCanary).ask()));
    while (provider.inWork.keys > 0 || provider.inWork.refreshes > before) await pause(LOOK_AGAIN_MS);
  };
  /** Waits until all of these users have a status: on a busy machine a use may end before its failure is noted. */
  const until = async (status: string, names: readonly string[][]) => {
    while ((await statuses(names)).join() !== status) await pause(LOOK_AGAIN_MS);
  };
  const untilFresh = (names: readonly string[][]) => until('FRESH', names);

  it('from a hang in which it rotated, one round serves the first, then all, twenty at once, and no token is used twice', async () => {
    const [hung, waiting] = [namesOf('hung', FAILING), namesOf('waiting', WAITING)];
    for (const username of [...hung, ...waiting].flat()) ids.set(username, await provider.store(username));
    replicas.forEach(({ clock }) => clock.stop());
    provider.condition = 'HANGS';
    await until('UNAVAILABLE', hung);
    expect([...provider.refreshed].sort()).toEqual(hung.flat());
    await until('UNAVAILABLE', waiting);
    await rounds();
    await rounds();
    expect(provider.most.keys).toBeLessThanOrEqual(replicas.length);
    expect([...provider.refreshed].sort()).toEqual(hung.flat());
    const stillHung = provider.inWork.refreshes;
    provider.condition = 'WELL';
    provider.answerAfterMs = SLOW_MS;
    provider.most.refreshes = 0;
    await rounds();
    expect(new Set(provider.refreshed.slice(hung.flat().length)).size).toBeGreaterThanOrEqual(replicas.length);
    await untilFresh(waiting);
    expect(provider.most.refreshes).toBeLessThanOrEqual(stillHung + MOST_AT_ONCE);
    provider.sendHeld();
    await untilFresh(hung);
    expect(provider.ended.size).toBe(0);
    expect(provider.refreshed.length).toBe(new Set(provider.refreshed).size);
  });

  it('from refused connections, the grants that did not leave are asked themselves, and each is refreshed once', async () => {
    const waiting = namesOf('waiting', 2);
    for (const username of waiting.flat()) ids.set(username, await provider.store(username));
    expect(await statuses([['waiting-0-0'], [], []])).toEqual(['FRESH']);
    await scenario.provider.close();
    const left = [['waiting-0-1'], ...waiting.slice(1)];
    expect(await statuses(left)).toEqual(['UNAVAILABLE']);
    await rounds();
    await scenario.provider.reopen();
    expect(await statuses(left)).toEqual(['UNAVAILABLE']);
    // A failure is left alone for a second, by the clock of the replica.
    replicas.forEach(({ clock }) => clock.advance(1));
    await rounds();
    await untilFresh(left);
    expect([...provider.refreshed].sort()).toEqual(waiting.flat());
  });

  it('from errors that it answered with, one person who waits is served by the next round', async () => {
    ids.set('lin', await provider.store('lin'));
    provider.condition = { status: 503, body: '' };
    expect(await statusAt(replicas[0]!, 'lin')).toBe('UNAVAILABLE');
    replicas[0]!.clock.advance(1);
    await rounds();
    expect(provider.refreshed).toEqual(['lin']);
    provider.condition = 'WELL';
    await rounds();
    expect(provider.refreshed).toEqual(['lin', 'lin']);
    expect(await statusAt(replicas[0]!, 'lin')).toBe('FRESH');
  });
});

describe('A minute in which a thousand grants are due', () => {
  const EACH = 250;
  const AT_ONCE = 50;
  const CLASSES: Record<string, Condition> = {
    refused: { status: 400, body: '{"error":"invalid_grant"}' },
    client: { status: 401, body: '{"error":"invalid_client"}' },
    unclear: { status: 400, body: '{"error":"invalid_request"}' },
    silence: { status: 503, body: '' },
  };
  let scenario: HostileScenario;
  beforeEach(async () => (scenario = await HostileScenario.open()));
  afterEach(() => scenario.close());

  it('and the provider answers each class, costs only those a login whom it has refused', async () => {
    const provider = await RotatingProvider.open(scenario);
    const { app } = scenario;
    const users: Record<string, string[]> = {};
    for (const kind of Object.keys(CLASSES)) {
      const names = Array.from({ length: EACH }, (_, index) => `${kind}-${index}`);
      users[kind] = await Promise.all(names.map((username) => provider.store(username)));
    }
    const refreshes = app.nest.get(RefreshCoordinator);
    // Nobody waits for longer than twelve seconds, so that a busy machine serves fewer at once.
    const refresh = async (ids: readonly string[]) => {
      const left = [...ids];
      while (left.length > 0) await Promise.all(left.splice(0, AT_ONCE).map((id) => refreshes.ensureFresh(id)));
    };
    for (const [kind, condition] of Object.entries(CLASSES)) {
      provider.condition = condition;
      await refresh(users[kind]!);
    }
    provider.condition = 'WELL';
    app.clock.advance(61);
    await refresh(Object.values(users).flat());
    const ended = await app.nest
      .get(DataSource)
      .getRepository(ProviderGrant)
      .countBy({ endReason: 'REFRESH_REJECTED' });
    const numberOf = async (tokenState: string) =>
      (await app.ask(app.admin, USERS, { filter: { tokenState } })).data.users.totalCount as number;
    expect(ended).toBe(EACH);
    expect(await numberOf('REAUTHENTICATION_REQUIRED')).toBe(EACH);
    expect(await numberOf('FRESH')).toBe(3 * EACH);
    expect(provider.ended.size).toBe(0);
  });
});
