import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServerResponse } from 'node:http';
import { Browser } from './support/browser.js';
import { Misbehaviour } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

const FIFTY_MEGABYTES = 50 * 1024 * 1024;
const NOT_MUCH = 5 * 1024 * 1024;
const NESTED = '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000);

describe('Userinfo at a login', () => {
  let scenario: HostileScenario;
  beforeAll(async () => {
    scenario = await HostileScenario.open();
  });
  afterAll(() => scenario.close());

  const answering = (
    answer: (response: ServerResponse) => void,
    claims: object = { groups: ['crew'] },
  ): Misbehaviour => ({
    claims: (honest) => ({ ...honest, ...claims }),
    answer: (endpoint, _request, response) => {
      if (endpoint === 'userinfo') answer(response);
      return endpoint === 'userinfo';
    },
  });
  const groupsAfter = async (name: string, misbehaviour: Misbehaviour) => {
    const issuer = await scenario.issuer(name, misbehaviour);
    const { groups } = await scenario.me(await scenario.loggedIn(issuer));
    return groups.map((group: { name: string }) => group.name);
  };

  it.each([
    ['401', 401, ''],
    ['403', 403, '{"error":"insufficient_scope"}'],
    ['404', 404, '<html>'],
    ['429', 429, ''],
    ['500', 500, ''],
    ['204', 204, undefined],
    ['page', 200, '<html>'],
    ['null', 200, 'null'],
    ['list', 200, '[]'],
    ['text', 200, '"text"'],
    ['nothing', 200, ''],
    ['deep', 200, NESTED],
  ])('does not end it where it answers %s: the ID token decides', async (name, status, body) => {
    const misbehaviour = answering((response) => void response.writeHead(status).end(body));
    expect(await groupsAfter(`answer-${name}`, misbehaviour)).toEqual(['crew']);
  });

  it('does not end it where it hangs up, redirects or never stops', async () => {
    let sent = 0;
    const pour = (response: ServerResponse) => {
      const chunk = Buffer.alloc(64 * 1024, ' ');
      const more = () => {
        while (sent < FIFTY_MEGABYTES && !response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    };
    const elsewhere = scenario.provider.issuer('elsewhere');
    const location = `${elsewhere.url}/userinfo`;
    expect(
      await groupsAfter(
        'reset',
        answering((response) => void response.destroy()),
      ),
    ).toEqual(['crew']);
    expect(
      await groupsAfter(
        'moved',
        answering((response) => void response.writeHead(307, { location }).end()),
      ),
    ).toEqual(['crew']);
    expect(await groupsAfter('flood', answering(pour))).toEqual(['crew']);
    expect([elsewhere.asked, sent < NOT_MUCH]).toEqual([[], true]);
  });

  it('leaves the groups unknown where they were to come from it: those known before are kept, not emptied', async () => {
    let status = 200;
    const issuer = await scenario.issuer('kept', {
      userinfo: (honest) => ({ ...honest, groups: ['pilots'] }),
      answer: (endpoint, _request, response) => {
        const isBroken = endpoint === 'userinfo' && status !== 200;
        if (isBroken) response.writeHead(status).end();
        return isBroken;
      },
    });
    const groups = async () => (await scenario.me(await scenario.loggedIn(issuer))).groups;
    expect(await groups()).toMatchObject([{ name: 'pilots' }]);
    status = 500;
    expect(await groups()).toMatchObject([{ name: 'pilots' }]);
  });

  it('gives the person the choice of a name where the name was to come from it', async () => {
    const misbehaviour = answering((response) => void response.writeHead(403).end(), { preferred_username: undefined });
    await scenario.issuer('nameless', misbehaviour);
    const browser = new Browser();
    expect((await scenario.login(browser)).url.pathname).toBe('/onboarding');
  });

  it('ends it where it is about another person', async () => {
    await scenario.refuses('other-person', { userinfo: (honest) => ({ ...honest, sub: 'somebody-else' }) });
    await scenario.refuses('other-number', { userinfo: (honest) => ({ ...honest, sub: 35 }) });
  });

  it('may name the subject as a number that reads the same', async () => {
    const misbehaviour: Misbehaviour = {
      claims: (honest) => ({ ...honest, sub: '35' }),
      userinfo: (honest) => ({ ...honest, sub: 35, groups: ['pilots'] }),
    };
    expect(await groupsAfter('number', misbehaviour)).toEqual(['pilots']);
  });

  it('may be signed', async () => {
    const { pair } = scenario.provider;
    const misbehaviour: Misbehaviour = {};
    const issuer = await scenario.issuer('signed', misbehaviour);
    const claims = { iss: issuer.url, aud: 'mooring', sub: issuer.subject, groups: ['pilots'] };
    const token = await pair.sign(claims);
    Object.assign(misbehaviour, {
      ...answering((response) => void response.writeHead(200, { 'content-type': 'application/jwt' }).end(token), {}),
    });
    expect((await scenario.me(await scenario.loggedIn(issuer))).groups).toMatchObject([{ name: 'pilots' }]);
  });
});
