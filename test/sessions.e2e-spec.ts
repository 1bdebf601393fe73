import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CREATE_USER, END_SESSION, ME, SESSIONS } from './support/documents.js';

const PASSWORD = 'First-password-1';
const MINUTE = 60;

describe('Sessions', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await TestApp.start();
    const input = { username: 'lin', password: PASSWORD, email: 'lin@example.org' };
    await app.ask(app.admin, CREATE_USER, { input });
  });
  afterEach(() => app.stop());

  const listed = async (browser: Browser) => (await app.ask(browser, SESSIONS)).data.sessions;
  const isLoggedIn = async (browser: Browser) => (await app.ask(browser, ME)).data.me !== null;

  it('are listed to their owner, who ends one of them from another', async () => {
    const [here, elsewhere] = [await app.loggedIn('lin', PASSWORD), await app.loggedIn('lin', PASSWORD)];
    const sessions = await listed(here);
    expect(sessions).toHaveLength(2);
    expect(sessions.map(({ isCurrent }: { isCurrent: boolean }) => isCurrent)).toEqual([false, true]);
    expect(sessions[0].remoteAddress).toMatch(/127\.0\.0\.1|::1/);
    await app.ask(here, END_SESSION, { input: { sessionId: sessions[0].id } });
    expect([await isLoggedIn(here), await isLoggedIn(elsewhere)]).toEqual([true, false]);
    expect(await listed(here)).toHaveLength(1);
  });

  it('are nobody else’s business', async () => {
    const browser = await app.loggedIn('lin', PASSWORD);
    const admin = await app.loggedIn('admin', app.adminPassword);
    const [{ id: sessionId }] = await listed(browser);
    expect(await listed(admin)).toHaveLength(1);
    expect((await app.ask(admin, END_SESSION, { input: { sessionId } })).code).toBe('NOT_FOUND');
    expect(await isLoggedIn(browser)).toBe(true);
  });

  it('end after the idle time of the settings, and at their maximum however busy they are', async () => {
    await app.configure({ sessionIdleMinutes: 10, sessionMaximumMinutes: 25 });
    const [idle, busy] = [await app.loggedIn('lin', PASSWORD), await app.loggedIn('lin', PASSWORD)];
    app.clock.advance(9 * MINUTE);
    expect(await isLoggedIn(busy)).toBe(true);
    app.clock.advance(2 * MINUTE);
    expect([await isLoggedIn(idle), await isLoggedIn(busy)]).toEqual([false, true]);
    app.clock.advance(8 * MINUTE);
    expect(await isLoggedIn(busy)).toBe(true);
    app.clock.advance(7 * MINUTE);
    expect(await isLoggedIn(busy)).toBe(false);
  });

  it('that began under longer limits end by the shorter ones', async () => {
    const browser = await app.loggedIn('lin', PASSWORD);
    await app.configure({ sessionMaximumMinutes: 5 });
    app.clock.advance(6 * MINUTE);
    expect(await isLoggedIn(browser)).toBe(false);
  });

  it.each([4, 10_081, -1])('can’t be given an idle limit of %d minutes', async (sessionIdleMinutes) => {
    const { errors } = await app.configure({ sessionIdleMinutes });
    expect(errors[0]?.extensions.fields[0].path).toEqual(['input', 'patch', 'sessionIdleMinutes']);
  });
});
