import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { User } from '../src/users/user.entity.js';
import { OidcScenario } from './support/oidc-scenario.js';

const PEOPLE = 100;
const many = (count: number, fieldOf: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => fieldOf(index)).join(' ');
/** As much as a document may ask for, or nearly. */
const EXPENSIVE: Readonly<Record<string, string>> = {
  'asks many things of many users': `{ users(first: 100) { edges { node { ${many(190, (index) => `a${index}: isAdmin`)} } } } }`,
  'asks for many lists': `{ ${many(80, (index) => `a${index}: users(first: 60) { edges { node { id isAdmin } } }`)} }`,
};

describe('While one expensive document is answered', () => {
  let scenario: OidcScenario;
  let secret: string;
  beforeAll(async () => {
    scenario = await OidcScenario.open({ oidc: { adminGroup: 'scenario-masters' } });
    secret = await scenario.secretOf(await scenario.onboarded('lin'));
    const users = scenario.app.nest.get(DataSource).getRepository(User);
    const lin = await users.findOneByOrFail({ username: 'lin' });
    const alike = (index: number) => ({ ...lin, id: `person-${index}`, subject: `person-${index}` });
    const named = (name: string) => ({ username: name, foldedName: name, nameDigest: null });
    await users.insert(
      Array.from({ length: PEOPLE }, (_, index) => ({ ...alike(index), ...named(`person-${index}`) })),
    );
  });
  afterAll(() => scenario.close());

  it.each(Object.entries(EXPENSIVE))('one that %s, secrets are verified', async (_what, document) => {
    let isAnswered = false;
    const expensive = scenario.app.ask(scenario.app.admin, document).finally(() => (isAnswered = true));
    let verifiedMeanwhile = 0;
    while (!isAnswered) {
      expect((await scenario.verify('lin', secret)).status).toBe('VALID');
      if (!isAnswered) verifiedMeanwhile++;
    }
    expect((await expensive).errors).toEqual([]);
    expect(verifiedMeanwhile).toBeGreaterThan(10);
  });
});
