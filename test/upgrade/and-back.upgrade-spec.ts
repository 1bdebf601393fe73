import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from '../support/browser.js';
import { CREATE_USER, LOGIN, ME } from '../support/documents.js';
import { earlierRelease, Installation, Release, THIS_RELEASE } from './installation.js';
import { OnMariaDb, OnSqlite, UpgradedDatabase } from './upgraded-database.js';

const PASSWORD = 'First-password-1';
const LATER = "INSERT INTO migrations (timestamp, name) VALUES (9990000000000, 'Later9990000000000')";

const ENGINES: readonly (readonly [string, () => Promise<UpgradedDatabase>])[] = [
  ['SQLite', () => Promise.resolve(new OnSqlite())],
  ['MariaDB', () => OnMariaDb.start()],
];

describe.each(ENGINES)('An installation of 0.1.0 with local accounts on %s', (_engine, open) => {
  let database: UpgradedDatabase;
  let app: Installation;
  beforeEach(async () => {
    database = await open();
    app = await Installation.create((folder) => database.urlIn(folder));
  });
  afterEach(async () => {
    await app.stop();
    await database.remove();
  });

  const create = async (username: string) => {
    const input = { username, password: PASSWORD, email: `${username}@example.com` };
    return (await app.ask(app.admin, CREATE_USER, { input })).data.createUser.user.username as string;
  };
  const loggedIn = async (username: string): Promise<Browser> => {
    const browser = new Browser();
    const { data } = await app.ask(browser, LOGIN, { input: { username, password: PASSWORD } });
    expect(data.login.user.username).toBe(username);
    return browser;
  };
  const during = async (release: Release, work: () => Promise<void>) => {
    const server = await app.start(release);
    await work();
    await app.end(server);
  };

  it('is upgraded, goes back to 0.1.0, which does not ask, and is upgraded again, with nothing lost', async () => {
    let browser = new Browser();
    await during(earlierRelease(), async () => {
      await create('lin');
      browser = await loggedIn('lin');
    });
    await during(THIS_RELEASE, async () => {
      expect((await app.ask(browser, ME)).data.me.username).toBe('lin');
      await loggedIn('lin');
      await create('sam');
    });
    await during(earlierRelease(), async () => {
      for (const username of ['lin', 'sam']) await loggedIn(username);
      await create('ada');
    });
    await during(THIS_RELEASE, async () => {
      for (const username of ['lin', 'sam', 'ada']) await loggedIn(username);
    });
  });

  it('is refused by this release, in a sentence, once a later one has migrated it, and is left as it is', async () => {
    await during(earlierRelease(), async () => void (await create('lin')));
    await during(THIS_RELEASE, () => Promise.resolve());
    await database.open();
    await database.run(LATER);
    const refused = await app.begin(THIS_RELEASE);
    expect(await refused.exit()).toBe(1);
    expect(refused.output).toContain(
      'The database is of a newer release (Later9990000000000). Use that release or a newer one, or set ALLOW_DOWNGRADE=true after a backup; nothing was changed.',
    );
    const allowed = await (await app.begin(THIS_RELEASE, { ALLOW_DOWNGRADE: 'true' })).ready();
    await allowed.end('SIGTERM');
  });
});
