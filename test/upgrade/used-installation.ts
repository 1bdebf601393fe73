import type { Person } from '../../demo/openid-provider.js';
import { PEOPLE } from '../../demo/people.js';
import { Browser } from '../support/browser.js';
import { CREATE_TOKEN_ONLY, GENERATE, SET_SECRET } from '../support/documents.js';
import { Asker } from '../support/graphql.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { earlierRelease, Installation } from './installation.js';
import { multiplyRows } from './many-rows.js';
import type { UpgradedDatabase } from './upgraded-database.js';

const CREATE_RULE = `mutation CreateRule($input: CreateAccessRuleInput!) { createAccessRule(input: $input) { accessRule { id } } }`;
const CUSTOM_SECRET = 'Chosen-secret-of-sam-1';

const GONE: Person = {
  subject: 'sub-gone',
  username: 'gone',
  name: 'Gone Away',
  email: 'gone@example.com',
  groups: ['crew'],
};

/** Somebody who used the earlier release. */
export interface Known {
  readonly browser: Browser;
  readonly secret: string;
}

/** An installation of release 0.1.0 that has been in use. */
export interface UsedInstallation {
  readonly scenario: OidcScenario<Installation>;
  readonly database: UpgradedDatabase;
  /** Lin, sam and ada, and whoever else was asked for, by user name. */
  readonly people: ReadonlyMap<string, Known>;
  readonly adminBrowser: Browser;
  /** Service tokens by role. */
  readonly tokens: ReadonlyMap<string, Asker>;
}

/**
 * Uses release 0.1.0 until each table has a row that it wrote; then stops its server, and makes rows for 100,000 users of them.
 *
 * @param more who logs in too
 * @param later whom the provider knows, and who has not logged in
 */
export async function useEarlierRelease(
  database: UpgradedDatabase,
  more: readonly Person[] = [],
  later: readonly Person[] = [],
): Promise<UsedInstallation> {
  const installation = await Installation.create((folder) => database.urlIn(folder));
  const server = await installation.start(earlierRelease());
  await database.open();
  const scenario = await OidcScenario.at(installation, {
    people: [...PEOPLE, GONE, ...more, ...later],
    idTokenSeconds: 3_600,
  });
  await scenario.configure({ oidc: { adminGroup: 'mooring-admins' } });
  const people = new Map<string, Known>();
  for (const { username } of [...PEOPLE, ...more]) {
    const browser = await scenario.onboarded(username);
    people.set(username, { browser, secret: await scenario.secretOf(browser) });
  }
  const sam = people.get('sam')!;
  await installation.ask(sam.browser, SET_SECRET, { input: { secret: CUSTOM_SECRET } });
  people.set('sam', { ...sam, secret: CUSTOM_SECRET });
  const tokens = await makeTokens(installation);
  const ada = people.get('ada')!.browser;
  await leaveTraces(scenario, ada);
  people.set('ada', { browser: ada, secret: await scenario.secretOf(ada) });
  const adminBrowser = await installation.adminSession();
  await installation.end(server);
  await multiplyRows(database);
  return { scenario, database, people, adminBrowser, tokens };
}

async function makeTokens(installation: Installation) {
  const tokens = new Map<string, Asker>();
  for (const role of ['VERIFIER', 'ADMIN', 'METRICS']) {
    const answer = await installation.ask(installation.admin, CREATE_TOKEN_ONLY, {
      input: { name: role.toLowerCase(), role },
    });
    tokens.set(role, { bearer: answer.data.createServiceToken.token });
  }
  return tokens;
}

/** Rules, a secret that is generated anew, a wrong one, and a logout at the provider. */
async function leaveTraces(scenario: OidcScenario<Installation>, owner: Browser): Promise<void> {
  const { app } = scenario;
  for (const rule of [
    { repositoryPattern: 'crew/**', actions: ['PULL', 'PUSH'], subjectKind: 'GROUP', groupName: 'crew' },
    { repositoryPattern: 'open/**', actions: ['PULL'], subjectKind: 'AUTHENTICATED' },
  ]) {
    const { errors } = await app.ask(app.admin, CREATE_RULE, { input: { rule } });
    if (errors.length > 0) throw new Error(errors[0]?.message);
  }
  await app.ask(owner, GENERATE);
  await scenario.verify('lin', 'A-wrong-secret-1');
  await scenario.logOutAtProvider(await scenario.onboarded('gone'));
}
