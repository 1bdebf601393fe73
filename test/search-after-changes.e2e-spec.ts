import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WordIndex } from '../src/users/words/index.js';
import { Browser } from './support/browser.js';
import { USERS } from './support/documents.js';
import { databaseVariables } from './support/fresh-database.js';
import { mooring } from './support/mooring-command.js';
import { OidcScenario } from './support/oidc-scenario.js';

interface Listed {
  readonly node: { readonly username: string };
}

describe('A search for users by words', () => {
  let scenario: OidcScenario;
  let sam: Browser;
  beforeEach(async () => {
    scenario = await OidcScenario.open();
    sam = await scenario.onboarded('sam');
    await wordsAreStored();
  });
  afterEach(() => scenario.close());

  const wordsAreStored = () => scenario.app.nest.get(WordIndex, { strict: false }).bringUpToDate();
  const namesFor = async (search: string) => {
    const { data } = await scenario.app.ask(scenario.app.admin, USERS, { filter: { search } });
    return data.users.edges.map(({ node }: Listed) => node.username) as string[];
  };
  const found = async (...searches: string[]) => Promise.all(searches.map(namesFor));

  it('is right immediately after a rename by another process, and when the words are stored', async () => {
    const { dataDir } = scenario.app.environment;
    const variables = { DATA_DIR: dataDir, ...(await databaseVariables(dataDir)) };
    expect((await mooring(['users', 'rename', 'sam', 'quay.walker'], { variables })).code).toBe(0);
    const [person, nobody] = [['quay.walker'], [] as string[]];
    const right = [person, person, person, nobody];
    const searches = ['walker', 'quay wal', 'okoye', 'samwise'];
    expect(await found(...searches)).toEqual(right);
    await wordsAreStored();
    expect(await found(...searches)).toEqual(right);
  });

  it('is right immediately after a login with another profile, and when the words are stored', async () => {
    expect(await found('okoye', 'harbour', 'pilot')).toEqual([['sam'], [], []]);
    const { people } = scenario.provider;
    Object.assign(
      people.find(({ username }) => username === 'sam')!,
      { name: 'Harbour Smith', email: 'pilot@example.com' },
    );
    await scenario.login(sam, 'sam');
    const right = [[], ['sam'], ['sam'], ['sam']];
    expect(await found('okoye', 'harbour', 'smith harb', 'pilot')).toEqual(right);
    await wordsAreStored();
    expect(await found('okoye', 'harbour', 'smith harb', 'pilot')).toEqual(right);
  });
});
