import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import {
  AUDIT,
  CREATE_TOKEN,
  CREATE_USER,
  ME,
  ONBOARD,
  REGISTER,
  UPDATE_PROFILE,
  AVAILABILITY,
  USERS,
  VERIFY,
} from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

const PASSWORD = 'First-password-1';
const CREATE_RULE = `mutation CreateRule($input: CreateAccessRuleInput!) {
  createAccessRule(input: $input) { accessRule { id } }
}`;
const GROUPS = '{ groups(first: 100) { edges { node { name } } } }';

/** Texts that are longer as they are stored than as they are sent, or longer than a library counts them. */
const GROWING: Record<string, string> = {
  'a ligature that folds to 18 characters': '\ufdfa'.repeat(20),
  'a ligature that folds to 18 characters, as often as is let through': '\ufdfa'.repeat(255),
  'a note that is three characters in normal form': '\u{1d160}'.repeat(100),
  'letters with variation selectors, which are not counted everywhere': 'a\ufe0f'.repeat(255),
  'characters of two units': '\u{20000}'.repeat(255),
};

describe('A text that is longer as it is stored', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await TestApp.start();
    await app.configure({ selfRegistration: true, registrationsPerHour: 1000 });
  });
  afterEach(() => app.stop());

  it.each(Object.entries(GROWING))(
    'is taken or refused at its field, and never an error of ours: %s',
    async (_what, text) => {
      const account = { username: 'lin', email: 'lin@example.org', password: PASSWORD };
      await app.ask(app.admin, CREATE_USER, { input: account });
      const lin = await app.loggedIn('lin', PASSWORD);
      const email = (place: string) => `${text.slice(0, 20)}@${place}.example.org`;
      const rule = { repositoryPattern: 'a/b', actions: ['PULL'], subjectKind: 'GROUP' };
      const asked: [path: string, asker: Parameters<TestApp['ask']>[0], document: string, input: object][] = [
        ['username', undefined, REGISTER, { ...account, username: text, email: 'any@example.org' }],
        ['email', undefined, REGISTER, { ...account, username: 'sam', email: email('sam') }],
        ['email', app.admin, CREATE_USER, { ...account, username: 'ada', email: email('ada') }],
        ['realName', app.admin, CREATE_USER, { ...account, username: 'eve', email: 'eve@example.org', realName: text }],
        ['comment', app.admin, CREATE_USER, { ...account, username: 'kim', email: 'kim@example.org', comment: text }],
        ['email', lin, UPDATE_PROFILE, { email: email('lin') }],
        ['realName', lin, UPDATE_PROFILE, { realName: text }],
        ['comment', lin, UPDATE_PROFILE, { comment: text }],
        ['name', app.admin, CREATE_TOKEN, { name: text, role: 'VERIFIER' }],
        ['groupName', app.admin, CREATE_RULE, { rule: { ...rule, groupName: text } }],
        [
          'repositoryPattern',
          app.admin,
          CREATE_RULE,
          { rule: { ...rule, groupName: 'crew', repositoryPattern: text } },
        ],
      ];
      for (const [path, asker, document, input] of asked) {
        const { code, errors } = await app.ask(asker, document, { input });
        if (code === undefined) continue;
        const fields = (errors[0]?.extensions.fields ?? []) as { path: string[] }[];
        expect([document, code, ...fields.map((field) => field.path.at(-1))]).toEqual([
          document,
          'BAD_USER_INPUT',
          path,
        ]);
      }
    },
  );

  it.each(Object.entries(GROWING))('is looked for without an error of ours: %s', async (_what, text) => {
    const backend = (await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'registry', role: 'VERIFIER' } })).data;
    const bearer = backend.createServiceToken.token as string;
    const answers = [
      await app.ask(app.admin, USERS, { filter: { search: text } }),
      await app.ask(app.admin, USERS, { filter: { username: text } }),
      await app.ask(app.admin, AUDIT, { filter: { action: text } }),
      await app.ask(undefined, AVAILABILITY, { username: text }),
      await app.ask({ bearer }, VERIFY, { username: text, secret: text }),
      await app.configure({ oidc: { adminGroup: text, groupsClaim: text, name: text } }),
      await app.ask({ basic: Buffer.from(`${text}:x`).toString('base64') }, ME),
    ];
    for (const { code } of answers) expect([undefined, 'BAD_USER_INPUT', 'INVALID_CREDENTIALS']).toContain(code);
  });
});

describe('A text of the provider that is longer as it is stored', () => {
  let scenario: OidcScenario;
  afterEach(() => scenario.close());

  it.each(Object.entries(GROWING))(
    'keeps nobody out, and is left out where it can not be kept: %s',
    async (_what, text) => {
      const email = `${text.slice(0, 20)}@example.org`;
      const person = { subject: 'sub-lin', username: text, name: text, email, groups: ['crew', text] };
      scenario = await OidcScenario.open({ people: [{ ...person, username: 'lin' }] });
      const lin = await scenario.onboarded('lin');
      expect((await scenario.app.ask(lin, ME)).data.me.username).toBe('lin');
      const again = new Browser();
      await scenario.login(again, 'lin');
      expect((await scenario.app.ask(again, ME)).data.me.username).toBe('lin');
      const { data } = await scenario.app.ask(scenario.app.admin, GROUPS);
      expect(data.groups.edges.map(({ node }: { node: { name: string } }) => node.name)).toContain('crew');
      expect((await scenario.app.ask(again, ONBOARD, { input: { username: text } })).code).not.toBe(
        'INTERNAL_SERVER_ERROR',
      );
    },
  );
});
