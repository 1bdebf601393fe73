import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CREATE_TOKEN, ME, SET_ADMIN, SET_DISABLED, TEST_PROVIDER, TOKENS } from './support/documents.js';
import { Harbour } from './support/harbour.js';
import { heldRequest } from './support/held.js';

const TOKEN_SECONDS = 300;
const ADMIN_GROUP = 'harbour-admins';
const ADMIN_TOKEN = { input: { name: 'late', role: 'ADMIN' } };

describe('A request of an administrator by group that waits for a refresh', () => {
  let harbour: Harbour;
  let app: TestApp;
  let lin: Browser;
  let linId: string;
  beforeEach(async () => {
    harbour = await Harbour.open({ idTokenSeconds: TOKEN_SECONDS, oidc: { adminGroup: ADMIN_GROUP } });
    app = harbour.app;
    lin = await harbour.onboarded('lin');
    linId = (await app.ask(lin, ME)).data.me.id;
    app.clock.advance(TOKEN_SECONDS + 1);
  });
  afterEach(() => harbour.close());

  const tokenNames = async () =>
    (await app.ask(app.admin, TOKENS, { first: 100 })).data.serviceTokens.edges.map(
      ({ node }: { node: { name: string } }) => node.name,
    );

  it('goes on where nothing has changed meanwhile', async () => {
    const reached = heldRequest(harbour.provider);
    const answer = app.ask(lin, CREATE_TOKEN, ADMIN_TOKEN);
    (await reached)();
    expect((await answer).code).toBeUndefined();
    expect(harbour.provider.refreshes.succeeded).toBe(1);
  });

  it('is refused where they were disabled meanwhile', async () => {
    const reached = heldRequest(harbour.provider);
    const answer = app.ask(lin, CREATE_TOKEN, ADMIN_TOKEN);
    const letIn = await reached;
    await app.ask(app.admin, SET_DISABLED, { input: { userId: linId, isDisabled: true } });
    letIn();
    expect((await answer).code).toBe('UNAUTHENTICATED');
    expect(await tokenNames()).not.toContain('late');
  });

  it('is refused where another replica has taken the admin group out of the settings meanwhile', async () => {
    const other = await TestApp.start({
      DATA_DIR: app.environment.dataDir,
      ADMIN_PASSWORD: app.adminPassword,
      PUBLIC_URL: app.url,
    });
    try {
      const reached = heldRequest(harbour.provider);
      const answer = app.ask(lin, CREATE_TOKEN, ADMIN_TOKEN);
      const letIn = await reached;
      await other.configure({ oidc: { adminGroup: 'another group' } });
      letIn();
      expect((await answer).code).toBe('FORBIDDEN');
      expect(await tokenNames()).not.toContain('late');
    } finally {
      await other.stop({ keepData: true });
    }
  });
});

describe('A document of several fields', () => {
  let harbour: Harbour;
  let app: TestApp;
  let lin: Browser;
  let linId: string;
  beforeEach(async () => {
    harbour = await Harbour.open();
    app = harbour.app;
    lin = await harbour.onboarded('lin');
    linId = (await app.ask(lin, ME)).data.me.id;
    await app.ask(app.admin, SET_ADMIN, { input: { userId: linId, isAdmin: true } });
  });
  afterEach(() => harbour.close());

  it('is refused the fields that come after a wait, where its sender was disabled meanwhile', async () => {
    const [testing, creating] = [TEST_PROVIDER, CREATE_TOKEN].map((text) => /\{(.*)\}\s*$/s.exec(text)?.[1]);
    const text = `mutation Both($test: TestOidcProviderInput!, $make: CreateServiceTokenInput!) {
      ${testing?.replace('$input', '$test')} ${creating?.replace('$input', '$make')} }`;
    const reached = heldRequest(harbour.provider, 'atOtherEndpoints');
    const answer = app.ask(lin, text, { test: {}, make: ADMIN_TOKEN.input });
    const letIn = await reached;
    await app.ask(app.admin, SET_DISABLED, { input: { userId: linId, isDisabled: true } });
    letIn();
    const { errors } = await answer;
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['createServiceToken'], 'UNAUTHENTICATED'],
    ]);
  });
});
