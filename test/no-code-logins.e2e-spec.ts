import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { Browser } from './support/browser.js';
import { CountedProcess } from './support/counted-process.js';
import { GENERATE } from './support/documents.js';
import { codesOf, markedRequestsOf, TIMES } from './support/marked-requests.js';
import { OidcScenario } from './support/oidc-scenario.js';

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));

describe('No text from outside is made to code', () => {
  let server: CountedProcess;
  let before: number;

  beforeAll(async () => {
    server = await CountedProcess.start();
    before = (await server.madeToCode()).length;
  });
  afterAll(() => server.stop());

  it('by the server, when people log in at a provider and use what they get', async () => {
    const scenario = await OidcScenario.at(server);
    const lin = await scenario.onboarded('lin');
    for (const _time of TIMES) {
      const { data } = await server.ask(lin, GENERATE);
      const { secret } = data.generateCliSecret.cliSecret as { secret: string };
      expect((await scenario.verify('lin', secret)).status).toBe('VALID');
      const authorization = `Basic ${Buffer.from(`lin:${secret}`).toString('base64')}`;
      const query = new URLSearchParams({ service: 'registry', scope: 'repository:a/b:pull,push' });
      await (await fetch(`${server.url}/service/token?${query}`, { headers: { authorization } })).text();
      await scenario.login(new Browser(), 'lin');
    }
    for (const request of markedRequestsOf(schema)) {
      for (const asker of [lin, server.admin, { bearer: scenario.verifierToken }])
        await codesOf(server, asker, request);
    }
    await scenario.provider.close();
    expect((await server.madeToCode()).slice(before)).toEqual([]);
  });
});
