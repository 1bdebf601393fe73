import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ME } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { basic, getToken, postToken } from './support/registry-client.js';

describe.each(['', '\n', '\r\n'])('A secret with %j at its end', (lineBreak) => {
  let scenario: OidcScenario;
  let secret: string;
  beforeAll(async () => {
    scenario = await OidcScenario.open({ idTokenSeconds: 300 });
    secret = `${await scenario.secretOf(await scenario.onboarded('lin'))}${lineBreak}`;
  });
  afterAll(() => scenario.close());

  it('is the secret for a registry client, in the header and in a form', async () => {
    const { url } = scenario.app;
    expect((await getToken(url, { service: 'registry' }, basic('lin', secret))).status).toBe(200);
    const form = { grant_type: 'password', service: 'registry', username: 'lin', password: secret };
    expect((await postToken(url, form)).status).toBe(200);
  });

  it('is the secret for a registry backend', async () => {
    expect(await scenario.verify('lin', secret)).toMatchObject({ valid: true });
  });

  it('is the password of the built-in administrator', async () => {
    const { url, adminPassword } = scenario.app;
    const authorization = basic('admin', `${adminPassword}${lineBreak}`);
    const headers = { 'content-type': 'application/json', authorization };
    const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: ME }) });
    expect((await answer.json()).data.me.username).toBe('admin');
    expect((await getToken(url, { service: 'registry' }, authorization)).status).toBe(200);
  });

  it('is not the secret with one more', async () => {
    const answer = await getToken(scenario.app.url, { service: 'registry' }, basic('lin', `${secret}\n\n`));
    expect(answer.status).toBe(401);
  });
});
