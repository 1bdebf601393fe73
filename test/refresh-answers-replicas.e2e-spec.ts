import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CREATE_TOKEN, VERIFY } from './support/documents.js';
import { HostileScenario } from './support/hostile-scenario.js';

const HOUR_SECONDS = 3_600;
const PEOPLE = ['lin', 'sam'];

describe('Over two replicas, unclear answers', () => {
  let scenario: HostileScenario;
  let replicas: TestApp[];
  let verifier: { readonly bearer: string };
  let isUnclear = false;
  /** The person who logs in. */
  let person = 'lin';
  const secrets = new Map<string, string>();

  beforeEach(async () => {
    scenario = await HostileScenario.open();
    const { environment, adminPassword: ADMIN_PASSWORD, url: PUBLIC_URL } = scenario.app;
    const other = await TestApp.start({ DATA_DIR: environment.dataDir, ADMIN_PASSWORD, PUBLIC_URL });
    replicas = [scenario.app, other];
    isUnclear = false;
    await scenario.issuer('office', {
      claims: (honest) => ({ ...honest, sub: `sub-${person}`, preferred_username: person }),
      userinfo: () => ({ sub: `sub-${person}`, groups: ['crew'] }),
      answer: (endpoint, _request, response) => {
        const instead = endpoint === 'token' && isUnclear;
        if (instead) response.writeHead(400).end('{"error":"unauthorized_client"}');
        return instead;
      },
    });
    const { data } = await scenario.app.ask(scenario.app.admin, CREATE_TOKEN, {
      input: { name: 'replicas', role: 'VERIFIER' },
    });
    verifier = { bearer: data.createServiceToken.token };
    for (person of PEOPLE) {
      const browser = new Browser();
      await scenario.login(browser);
      secrets.set(person, await scenario.secretOf(browser));
    }
  });
  afterEach(async () => {
    await replicas[1]!.stop({ keepData: true });
    await scenario.close();
  });

  const statusAt = async (replica: TestApp, username: string) => {
    person = username;
    const asked = { username, secret: secrets.get(username) };
    return (await replica.ask(verifier, VERIFY, asked)).data.verifyCliSecret.status as string;
  };
  /** What each of the people is told at each replica, an hour later. */
  const anHourLater = async () => {
    for (const { clock } of replicas) clock.advance(HOUR_SECONDS + 1);
    const told = new Set<string>();
    for (const name of PEOPLE) for (const replica of replicas) told.add(await statusAt(replica, name));
    return [...told];
  };

  it('to everybody, for three days, end no login at any of them', async () => {
    isUnclear = true;
    for (let hours = 0; hours < 72; hours++) expect(await anHourLater()).toEqual(['REFRESH_UNCLEAR']);
    isUnclear = false;
    expect(await anHourLater()).toEqual(['VALID']);
  });
});
