import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CREATE_TOKEN, DELETE_TOKEN, LOGIN, LOGIN_OPTIONS, LOGOUT, ME, TOKENS, VERIFY } from './support/documents.js';

describe('The built-in administrator', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  const credentials = () => ({ input: { username: 'admin', password: app.adminPassword } });

  it('logs in by browser, is known by his session, and logs out for good', async () => {
    const browser = new Browser();
    const { data } = await app.ask(browser, LOGIN, credentials());
    expect(data.login.user).toMatchObject({ username: 'admin', isBuiltIn: true, isAdmin: true, kind: 'LOCAL' });
    expect(data.login.user.adminSources).toEqual(['BUILT_IN']);

    const [cookie] = await browser.jar.getCookies(app.url);
    expect(cookie).toMatchObject({ key: 'mooring', httpOnly: true, sameSite: 'lax', path: '/' });
    expect((await app.ask(browser, ME)).data.me.username).toBe('admin');

    const before = await browser.jar.clone();
    expect((await app.ask(browser, LOGOUT)).data.logout.redirectUrl).toBeNull();
    const withOldCookie = Object.assign(new Browser(), { jar: before });
    expect((await app.ask(withOldCookie, ME)).data.me).toBeNull();
  });

  it('proves himself by Basic where there is no browser', async () => {
    expect((await app.ask(app.admin, ME)).data.me.username).toBe('admin');
  });

  it('learns nothing but "wrong" from a wrong name or password', async () => {
    const wrongPassword = await app.ask(undefined, LOGIN, { input: { username: 'admin', password: 'Wrong-pass-1' } });
    const wrongName = await app.ask(undefined, LOGIN, { input: { username: 'nobody', password: app.adminPassword } });
    expect(wrongPassword.code).toBe('INVALID_CREDENTIALS');
    expect(wrongName.errors[0]?.message).toBe(wrongPassword.errors[0]?.message);
  });

  it.each([
    ['a wrong password', { basic: Buffer.from('admin:Wrong-pass-1').toString('base64') }],
    ['no password at all', { basic: 'YWRtaW4=' }],
    ['an unknown service token', { bearer: 'mrgs_0000000000000000000000000000000000000000' }],
    ['a token of another kind', { bearer: 'abc' }],
  ])('is never taken for a stranger when a header holds %s: the request is refused', async (_what, asker) => {
    const answer = await app.ask(asker, LOGIN_OPTIONS);
    expect(answer.code).toBe('INVALID_CREDENTIALS');
  });

  it('makes, lists and deletes service tokens, which end with their deletion', async () => {
    const expiresAt = app.clock.secondsFromNow(3600).toISOString();
    const input = { name: 'registry', role: 'VERIFIER', expiresAt };
    const { data } = await app.ask(app.admin, CREATE_TOKEN, { input });
    const { token, serviceToken } = data.createServiceToken;
    expect(token).toMatch(/^mrgs_[0-9A-Za-z]{40}$/);
    expect(serviceToken).toMatchObject({ name: 'registry', role: 'VERIFIER', expiresAt, lastUsedAt: null });

    const verify = () => app.ask({ bearer: token }, VERIFY, { username: 'lin', secret: 'x' });
    expect((await verify()).data.verifyCliSecret.status).toBe('AUTH_MODE_NOT_OIDC');
    const listed = await app.ask(app.admin, TOKENS, { first: 100 });
    const ids = listed.data.serviceTokens.edges.map((edge: { node: { id: string } }) => edge.node.id);
    expect(ids).toContain(serviceToken.id);

    await app.ask(app.admin, DELETE_TOKEN, { input: { serviceTokenId: serviceToken.id } });
    expect((await verify()).code).toBe('INVALID_CREDENTIALS');
    const again = await app.ask(app.admin, DELETE_TOKEN, { input: { serviceTokenId: serviceToken.id } });
    expect(again.code).toBe('NOT_FOUND');
  });

  it('gives a service token that ends by itself', async () => {
    const expiresAt = app.clock.secondsFromNow(60).toISOString();
    const { data } = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'short', role: 'VERIFIER', expiresAt } });
    const asker = { bearer: data.createServiceToken.token as string };
    expect((await app.ask(asker, LOGIN_OPTIONS)).errors).toEqual([]);
    app.clock.advance(61);
    expect((await app.ask(asker, LOGIN_OPTIONS)).code).toBe('INVALID_CREDENTIALS');
  });

  it('pages through service tokens, newest first', async () => {
    for (const name of ['one', 'two', 'three']) {
      await app.ask(app.admin, CREATE_TOKEN, { input: { name, role: 'ADMIN' } });
    }
    const first = (await app.ask(app.admin, TOKENS, { first: 2 })).data.serviceTokens;
    expect(first.edges.map((edge: { node: { name: string } }) => edge.node.name)).toEqual(['three', 'two']);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const after = first.pageInfo.endCursor as string;
    const next = (await app.ask(app.admin, TOKENS, { first: 1, after })).data.serviceTokens;
    expect(next.edges[0].node.name).toBe('one');
  });

  it('keeps from service tokens what they are not for', async () => {
    const make = async (role: string) => {
      const { data } = await app.ask(app.admin, CREATE_TOKEN, { input: { name: role, role } });
      return { bearer: data.createServiceToken.token as string };
    };
    const [verifier, admin] = [await make('VERIFIER'), await make('ADMIN')];
    expect((await app.ask(verifier, TOKENS)).code).toBe('FORBIDDEN');
    expect((await app.ask(admin, TOKENS)).errors).toEqual([]);
    expect((await app.ask(admin, CREATE_TOKEN, { input: { name: 'x', role: 'ADMIN' } })).code).toBe('FORBIDDEN');
    expect((await app.ask(admin, ME)).data.me).toBeNull();
    expect((await app.ask(undefined, TOKENS)).code).toBe('UNAUTHENTICATED');
    expect((await app.ask(undefined, VERIFY, { username: 'lin', secret: 'x' })).code).toBe('UNAUTHENTICATED');
    expect((await app.ask(app.admin, VERIFY, { username: 'lin', secret: 'x' })).code).toBe('FORBIDDEN');
  });
});
