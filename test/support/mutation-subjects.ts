import { afterEach } from '@jest/globals';
import { TestApp } from './app.js';
import { CREATE_RULE, CREATE_USER } from './documents.js';
import { OidcScenario } from './oidc-scenario.js';

/** An account that can be created. */
export const LIN = { username: 'lin', password: 'First-password-1', email: 'lin@example.org' };

/** An access rule that can be created. */
export const RULE = { repositoryPattern: 'team/**', actions: ['PULL'], subjectKind: 'AUTHENTICATED' };

/** Gives ways to start what mutations are tried on; all of it is stopped after each story. */
export function startsStopped() {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });
  const startedApp = async () => {
    const app = await TestApp.start({ LOG_LEVEL: 'warn' });
    closers.push(() => app.stop());
    return app;
  };
  const openedScenario = async () => {
    const scenario = await OidcScenario.open();
    closers.push(() => scenario.close());
    return scenario;
  };
  return { startedApp, openedScenario };
}

/** Creates a user with a password, and returns their ID. */
export async function createdId(app: TestApp): Promise<string> {
  return (await app.ask(app.admin, CREATE_USER, { input: LIN })).data.createUser.user.id as string;
}

/** Creates an access rule, and returns its ID. */
export async function ruleIdOf(app: TestApp): Promise<string> {
  return (await app.ask(app.admin, CREATE_RULE, { input: { rule: RULE } })).data.createAccessRule.accessRule
    .id as string;
}
