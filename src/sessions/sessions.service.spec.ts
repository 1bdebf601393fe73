import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { FakeClock } from '../../test/support/fake-clock.js';
import type { HttpExchange, MooringRequest } from '../access/access.decorators.js';
import { newId } from '../common/persistence/ids.js';
import { SettingsRow } from '../settings/settings.entity.js';
import { SettingsService } from '../settings/settings.service.js';
import { User } from '../users/user.entity.js';
import { ProviderLogout } from '../provider-logouts/provider-logout.entity.js';
import { ProviderSession } from '../provider-logouts/provider-session.js';
import { SingleUse } from '../single-use/single-use.entity.js';
import { SingleUseService } from '../single-use/single-use.service.js';
import { Session } from './session.entity.js';
import { LoggedOutMeanwhile } from '../provider-logouts/provider-logouts.errors.js';
import { SessionsService } from './sessions.service.js';

/** The cookie jar of a browser, which is all that sessions use of it. */
function exchangeOf(cookies: Record<string, string> = {}): HttpExchange & { cookies: Record<string, string> } {
  const setCookie = (name: string, value: string) => void (cookies[name] = value);
  const clearCookie = (name: string) => void delete cookies[name];
  const reply = { setCookie, clearCookie } as unknown as FastifyReply;
  return { request: { cookies, headers: {}, ip: '127.0.0.1' } as unknown as MooringRequest, reply, cookies };
}

describe(SessionsService.name, () => {
  let database: TestDatabase;
  let sessions: SessionsService;
  let user: User;
  const clock = new FakeClock();

  beforeEach(async () => {
    database = await openDatabase();
    const rows = database.dataSource.getRepository(Session);
    const settings = new SettingsService(database.dataSource.getRepository(SettingsRow), database.installation);
    await settings.catchUp();
    sessions = new SessionsService(
      database.dataSource,
      rows,
      database.environment,
      database.installation,
      settings,
      clock,
    );
    const users = database.dataSource.getRepository(User);
    const times = { createdAt: clock.now(), updatedAt: clock.now() };
    const flags = { isAdmin: false, isDisabled: false, mode: null };
    user = users.create({
      id: newId(),
      username: 'lin',
      foldedName: 'lin',
      securityStamp: newId(),
      ...flags,
      ...times,
    });
    await users.insert(user);
  });
  afterEach(() => database.close());

  const present = async (exchange: HttpExchange) => (await sessions.present(exchange.request))?.userId;

  it('go on under the next security stamp only where they are of the one before: what has ended stays so', async () => {
    const [ended, kept] = [exchangeOf(), exchangeOf()];
    await sessions.open(ended, user);
    const rows = database.dataSource.getRepository(User);
    const begin = async (securityStamp: string) => {
      await rows.update({ id: user.id }, { securityStamp });
      return rows.findOneByOrFail({ id: user.id });
    };
    const second = await begin(newId());
    await sessions.open(kept, second);
    const third = await begin(newId());
    for (const { request } of [ended, kept]) await sessions.keep(request, third, second.securityStamp);
    expect([await present(ended), await present(kept)]).toEqual([undefined, user.id]);
  });

  it('knows a browser by its cookie until it logs out, and keeps no token that would log in', async () => {
    const browser = exchangeOf();
    await sessions.open(browser, user);
    expect(await present(browser)).toBe(user.id);
    const copy = exchangeOf({ ...browser.cookies });
    const [row] = await database.dataSource.getRepository(Session).find();
    expect(JSON.stringify(row)).not.toContain(browser.cookies.mooring);
    await sessions.end(browser);
    expect(await present(copy)).toBeUndefined();
  });

  it('is not brought back by a request that ends after the logout', async () => {
    const browser = exchangeOf();
    await sessions.open(browser, user);
    const copy = exchangeOf({ ...browser.cookies });
    clock.advance(120);
    const slow = await sessions.present(copy.request);
    await sessions.end(browser);
    await sessions.touch(slow!);
    expect(await present(copy)).toBeUndefined();
  });

  it('gives another cookie at every login, and the old one ends', async () => {
    const browser = exchangeOf();
    await sessions.open(browser, user);
    const old = exchangeOf({ ...browser.cookies });
    await sessions.open(browser, user);
    expect(browser.cookies.mooring).not.toBe(old.cookies.mooring);
    expect(await present(old)).toBeUndefined();
  });

  it('ends after an hour without use, and after twelve hours in any case', async () => {
    const [idle, busy] = [exchangeOf(), exchangeOf()];
    await sessions.open(idle, user);
    await sessions.open(busy, user);
    for (let minutes = 0; minutes < 12 * 60 - 30; minutes += 30) {
      clock.advance(30 * 60);
      const session = await sessions.present(busy.request);
      await sessions.touch(session!);
    }
    expect(await present(idle)).toBeUndefined();
    expect(await present(busy)).toBe(user.id);
    clock.advance(31 * 60);
    expect(await present(busy)).toBeUndefined();
  });

  it.each([
    ['has another security stamp', { securityStamp: 'another' }],
    ['is disabled', { isDisabled: true }],
    ['is deleted', { deletedAt: new Date() }],
  ])('ends where its user %s', async (_what, change) => {
    const browser = exchangeOf();
    await sessions.open(browser, user);
    await database.dataSource.getRepository(User).update({ id: user.id }, change);
    expect(await present(browser)).toBeUndefined();
  });

  it('keeps what waits for a user name sealed, for 15 minutes, and gives it up once', async () => {
    const browser = exchangeOf();
    await sessions.openPending(browser, 'a waiting login', { person: 'p', session: null, begunAt: clock.now() });
    const pending = await sessions.pending(browser.request);
    expect(pending?.text).toBe('a waiting login');
    const [row] = await database.dataSource.getRepository(Session).find();
    expect(row?.sealedOnboarding).not.toContain('waiting');
    const takes = await Promise.all([
      sessions.takePending(pending!.sessionId),
      sessions.takePending(pending!.sessionId),
    ]);
    expect(takes.sort()).toEqual([false, true]);
    expect(await sessions.pending(browser.request)).toBeNull();
  });

  it.each(['', 'x', 'x'.repeat(43), "' OR 1=1 --", 'x'.repeat(5000)])(
    'takes the cookie %j for none',
    async (cookie) => {
      expect(await present(exchangeOf({ mooring: cookie }))).toBeUndefined();
    },
  );

  it('uses things up once, of two at the same moment too', async () => {
    const once = new SingleUseService(database.dataSource.getRepository(SingleUse), clock);
    const later = clock.secondsFromNow(60);
    const uses = await Promise.all([once.use('login-attempt', 'a', later), once.use('login-attempt', 'a', later)]);
    expect(uses.sort()).toEqual([false, true]);
    expect(await once.use('login-attempt', 'b', later)).toBe(true);
  });

  describe('once the provider has told of a logout', () => {
    const origin: ProviderSession = { person: 'person', session: 'session', begunAt: clock.now() };
    const logout = (changes: object) => ({
      ...{ id: newId(), session: null, person: null, receivedAt: clock.secondsFromNow(1) },
      expiresAt: clock.secondsFromNow(60),
      ...changes,
    });
    const noted = (changes: object) => database.dataSource.getRepository(ProviderLogout).insert(logout(changes));

    it.each([[{ session: 'session' }], [{ person: 'person' }], [{ session: 'session', person: 'person' }]])(
      'opens no session for the login that it ends, and gives the browser nothing: %j',
      async (named) => {
        await noted(named);
        const browser = exchangeOf();
        await expect(sessions.open(browser, user, origin)).rejects.toThrow(LoggedOutMeanwhile);
        await expect(sessions.openPending(browser, 'a waiting login', origin)).rejects.toThrow(LoggedOutMeanwhile);
        expect(browser.cookies).toEqual({});
        expect(await database.dataSource.getRepository(Session).count()).toBe(0);
      },
    );

    it.each([
      [{ session: 'another' }],
      [{ person: 'another' }],
      [{ session: 'another', person: 'person' }],
      [{ person: 'person', receivedAt: new Date(origin.begunAt.getTime() - 1) }],
    ])('opens one for any other login: %j', async (named) => {
      await noted(named);
      const browser = exchangeOf();
      await sessions.open(browser, user, origin);
      expect(await present(browser)).toBe(user.id);
    });
  });
});
