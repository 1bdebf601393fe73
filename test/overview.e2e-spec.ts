import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { CREATE_TOKEN } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

const USED = '{ anyCliSecretUsed }';
const REFRESHED = '{ configuration { oidc { lastRefreshedAt } } }';
const EXPIRING = `query ($before: DateTime) {
  serviceTokens(expiresBefore: $before) { totalCount edges { node { name } } }
}`;
const ID_TOKEN_SECONDS = 300;
const DAY_SECONDS = 86_400;
const MOST_LOOKS = 2000;

let scenario: OidcScenario;
beforeEach(async () => {
  scenario = await OidcScenario.open({ idTokenSeconds: ID_TOKEN_SECONDS });
});
afterEach(async () => {
  await scenario.close();
});

const asked = async (query: string, variables = {}) =>
  (await scenario.app.ask(scenario.app.admin, query, variables)).data;

/** The first answer that is not false or null: both facts are stored behind the answer to the client. */
async function eventually<T>(look: () => Promise<T>): Promise<T> {
  let seen = await look();
  for (let looks = 1; looks < MOST_LOOKS && !seen; looks++) seen = await look();
  return seen;
}

it('An administrator sees that a registry client has arrived once a CLI secret was used, and not before', async () => {
  const secret = await scenario.secretOf(await scenario.onboarded('lin'));
  await scenario.verify('lin', 'Wrong-secret-1');
  expect(await asked(USED)).toEqual({ anyCliSecretUsed: false });
  expect((await scenario.verify('lin', secret)).status).toBe('VALID');
  expect(await eventually(async () => (await asked(USED)).anyCliSecretUsed)).toBe(true);
});

it('An administrator sees when the provider last refreshed a login', async () => {
  const { app } = scenario;
  const secret = await scenario.secretOf(await scenario.onboarded('lin'));
  expect(await asked(REFRESHED)).toEqual({ configuration: { oidc: { lastRefreshedAt: null } } });
  app.clock.advance(ID_TOKEN_SECONDS + 1);
  const from = app.clock.now();
  expect((await scenario.verify('lin', secret)).status).toBe('VALID');
  const lastRefreshedAt = await eventually(async () => (await asked(REFRESHED)).configuration.oidc.lastRefreshedAt);
  expect(Date.parse(lastRefreshedAt)).toBeGreaterThanOrEqual(from.getTime());
});

it('An administrator sees the service tokens that expire before a time', async () => {
  const { app } = scenario;
  const make = (name: string, days: number | null) => {
    const expiresAt = days === null ? null : app.clock.secondsFromNow(days * DAY_SECONDS).toISOString();
    return app.ask(app.admin, CREATE_TOKEN, { input: { name, role: 'VERIFIER', expiresAt } });
  };
  for (const [name, days] of [
    ['soon', 1],
    ['later', 40],
    ['never', null],
    ['sooner', 0.5],
  ] as const)
    await make(name, days);
  const before = app.clock.secondsFromNow(30 * DAY_SECONDS).toISOString();
  const names = (data: { serviceTokens: { edges: { node: { name: string } }[] } }) =>
    data.serviceTokens.edges.map(({ node }) => node.name);
  const expiring = await asked(EXPIRING, { before });
  expect([names(expiring), expiring.serviceTokens.totalCount]).toEqual([['sooner', 'soon'], 2]);
  expect(names(await asked(EXPIRING))).toEqual(['sooner', 'never', 'later', 'soon', 'registry']);
});

it('A time beyond the year 9999, into which a zone can lead, is refused', async () => {
  const { app } = scenario;
  const beyond = '9999-12-31T23:59:59-01:00';
  const made = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'far', role: 'VERIFIER', expiresAt: beyond } });
  const listed = await app.ask(app.admin, EXPIRING, { before: beyond });
  expect([made.code, listed.code]).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
});

it('Nobody but an administrator sees any of it', async () => {
  const lin = await scenario.onboarded('sam');
  for (const asker of [lin, new Browser()]) {
    for (const query of [USED, REFRESHED, EXPIRING]) {
      const { data, errors } = await scenario.app.ask(asker, query);
      expect(Object.values(data ?? { none: null })).toEqual([null]);
      expect(errors?.[0]?.extensions.code).toMatch(/^(FORBIDDEN|UNAUTHENTICATED)$/);
    }
  }
});
