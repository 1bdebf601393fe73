import { describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { removeData, storedText } from './support/database.js';
import { CONFIGURATION, LOGIN, ME, SET_SECRET, TOKENS } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

const CHOSEN = 'Chosen-by-lin-7';

describe('Secrets', () => {
  it('are in no log, in no answer but the one to their owner, and not in the database file', async () => {
    const scenario = await OidcScenario.open();
    const { app } = scenario;
    const lin = new Browser();
    const loggedIn = await scenario.submitAndStopBeforeCallback(lin, 'lin');
    const code = loggedIn.searchParams.get('code')!;
    await lin.fetch(loggedIn);
    await app.ask(lin, 'mutation O($input: OnboardInput!) { onboard(input: $input) { redirectUrl } }', {
      input: { username: 'lin' },
    });
    const generated = await scenario.secretOf(lin);
    await app.ask(lin, SET_SECRET, { input: { secret: CHOSEN } });
    await scenario.verify('lin', CHOSEN);
    await scenario.verify('lin', `${CHOSEN}-wrong`);
    await app.ask(undefined, LOGIN, { input: { username: 'admin', password: `${CHOSEN}-wrong` } });
    const [session] = await lin.jar.getCookies(app.url);

    const secrets = {
      code,
      generated,
      chosen: CHOSEN,
      session: session!.value,
      administrator: app.adminPassword,
      client: 'provider-client-secret',
      serviceToken: scenario.verifierToken,
    };
    const answersToOthers = await Promise.all([
      app.ask(app.admin, CONFIGURATION),
      app.ask(app.admin, TOKENS),
      app.ask(app.admin, ME),
      app.ask(undefined, ME),
    ]);
    const seenByOthers = answersToOthers.map(({ text }) => text).join('');
    const log = app.log.join('');
    await app.stop({ keepData: true });
    const stored = await storedText(app.environment);
    for (const [name, secret] of Object.entries(secrets)) {
      expect({ name, inLog: log.includes(secret) }).toEqual({ name, inLog: false });
      expect({ name, seen: seenByOthers.includes(secret) }).toEqual({ name, seen: false });
      expect({ name, stored: stored.includes(secret) }).toEqual({ name, stored: false });
    }
    expect(log).toContain('/c/oidc/callback');
    await scenario.provider.close();
    await removeData(app.environment);
  });
});
