import { PEOPLE } from '../../demo/people.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { CREATE_TOKEN, LOGIN } from '../support/documents.js';
import { OidcScenario } from '../support/oidc-scenario.js';

const HOUR_SECONDS = 3600;
const CREW = ['Maya Ortiz', 'Tom Adeyemi', 'Ines Duarte', 'Kofi Mensah', 'Yuki Tanaka', 'Elif Kaya', 'Jonas Weber'];

const MORE_PEOPLE = CREW.map((name, index) => {
  const username = name.split(' ')[0]?.toLowerCase() ?? name;
  const groups = index % 2 === 0 ? ['crew'] : ['crew', 'pilots'];
  return { subject: `sub-${username}`, username, name, email: `${username}@example.com`, groups };
});

/** An installation with data: users, groups, tokens, and a day of logins and refusals. */
export async function openScene(): Promise<OidcScenario> {
  const scenario = await OidcScenario.open({
    people: [...PEOPLE, ...MORE_PEOPLE],
    oidc: { adminGroup: 'mooring-admins' },
  });
  const { app } = scenario;
  await scenario.configure({ oidcPrimary: true });
  for (const { username } of MORE_PEOPLE) await scenario.onboarded(username);
  for (const input of [
    { name: 'registry.example.com', role: 'VERIFIER' },
    { name: 'nightly automation', role: 'ADMIN', expiresAt: '2099-12-31T00:00:00Z' },
  ]) {
    await app.ask(app.admin, CREATE_TOKEN, { input });
  }
  await pastDay(app);
  return scenario;
}

async function pastDay(app: TestApp): Promise<void> {
  app.clock.advance(-22 * HOUR_SECONDS);
  for (let hour = 0; hour < 22; hour++) {
    // The number of logins varies over the day.
    for (let login = 0; login < (hour * 7) % 5; login++) await app.loggedIn('admin', app.adminPassword);
    if (hour % 6 === 4) {
      const wrong = { input: { username: 'admin', password: 'not the password' } };
      for (let tries = 0; tries < 3; tries++) await app.ask(new Browser(), LOGIN, wrong);
    }
    app.clock.advance(HOUR_SECONDS);
  }
}
