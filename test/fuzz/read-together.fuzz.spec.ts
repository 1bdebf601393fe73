import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { generatedSecret } from '../../src/cli-secrets/cli-secret-text.js';
import { CliSecretVerifier } from '../../src/cli-secrets/cli-secret-verifier.service.js';
import { SecretText } from '../../src/common/crypto/secret-text.js';
import { yieldToEventLoop } from '../../src/common/runtime/event-loop.js';
import { Installation } from '../../src/settings/installation.js';
import { User } from '../../src/users/user.entity.js';
import { tryOut } from '../support/fuzz.js';
import { OidcScenario } from '../support/oidc-scenario.js';

const PEOPLE = ['lin', 'sam', 'ada'] as const;
/** Names as they are presented: known ones, other spellings of them, and names that nobody has. */
const NAMES = [
  ...PEOPLE,
  'LIN',
  'ｌｉｎ',
  'Sam',
  'li',
  'linn',
  'lin ',
  'lin\u0000',
  'nobody',
  'nöbödy',
  'a\ud800',
  'sam%',
  '',
];
const SECRETS = [0, 1, 2].map(() => generatedSecret().reveal());
/** Not counted: a registry backend that does not name its clients, and secrets that can't be guessed. */
const CLIENT = { address: null, isShared: true };

interface Presented {
  readonly name: string;
  readonly secret: string;
}

/** A change of a person's rows. */
interface Write {
  readonly person: string;
  readonly sql: string;
  readonly values: (userId: string, installation: Installation) => readonly (string | null)[];
}

const bySelf = (userId: string) => [userId];
const write = (sql: string, values: Write['values'] = bySelf) => fc.constant({ sql, values });
const aWrite: fc.Arbitrary<Write> = fc
  .tuple(
    fc.constantFrom(...PEOPLE),
    fc.oneof(
      ...['TRUE', 'FALSE'].map((is) => write(`UPDATE users SET is_disabled = ${is} WHERE id = ?`)),
      ...['TRUE', 'FALSE'].map((is) => write(`UPDATE users SET is_admin = ${is} WHERE id = ?`)),
      write('UPDATE cli_secrets SET digest = NULL WHERE user_id = ?'),
      ...SECRETS.map((secret) =>
        write('UPDATE cli_secrets SET digest = ? WHERE user_id = ?', (userId, installation) => [
          installation.digest(userId, secret).toString('base64url'),
          userId,
        ]),
      ),
      ...[null, 'REFRESH_REJECTED'].map((end) =>
        write('UPDATE provider_grants SET end_reason = ? WHERE user_id = ?', (id) => [end, id]),
      ),
      ...['["crew"]', '[]', '["crew", "däck"]'].map((groups) =>
        write('UPDATE provider_grants SET group_names = ? WHERE user_id = ?', (id) => [groups, id]),
      ),
    ),
  )
  .map(([person, change]) => ({ person, ...change }));
const presented: fc.Arbitrary<readonly Presented[]> = fc.array(
  fc.record({ name: fc.constantFrom(...NAMES), secret: fc.constantFrom(...SECRETS) }),
  { minLength: 2, maxLength: 40 },
);
const story = fc.array(fc.record({ writes: fc.array(aWrite, { maxLength: 3 }), presented, meanwhile: aWrite }), {
  minLength: 1,
  maxLength: 4,
});

describe('What is verified together', () => {
  let scenario: OidcScenario;
  let verifier: CliSecretVerifier;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    scenario = await OidcScenario.open({ idTokenSeconds: 3600 });
    for (const name of PEOPLE) await scenario.secretOf(await scenario.onboarded(name));
    verifier = scenario.app.nest.get(CliSecretVerifier, { strict: false });
    const users = scenario.app.nest.get(DataSource).getRepository(User);
    for (const name of PEOPLE) ids.set(name, (await users.findOneByOrFail({ username: name })).id);
  });
  afterAll(() => scenario.close());

  const apply = async ({ person, sql, values }: Write) => {
    const parameters = values(ids.get(person) ?? '', scenario.app.nest.get(Installation));
    await scenario.app.nest.get(DataSource).query(sql, [...parameters]);
  };
  const verdict = async ({ name, secret }: Presented) =>
    JSON.stringify(await verifier.verify(name, new SecretText(secret), CLIENT));
  const together = (all: readonly Presented[]) => Promise.all(all.map(verdict));
  const oneByOne = async (all: readonly Presented[]) => {
    const verdicts: string[] = [];
    for (const one of all) {
      verdicts.push(await verdict(one));
      await yieldToEventLoop();
    }
    return verdicts;
  };

  it('gets the verdicts that it gets one by one, and while rows change, those of before or after', async () => {
    const property = fc.asyncProperty(story, async (steps) => {
      for (const { writes, presented: all, meanwhile } of steps) {
        for (const one of writes) await apply(one);
        const before = await oneByOne(all);
        expect(await together(all)).toEqual(before);
        const [amid] = await Promise.all([together(all), apply(meanwhile)]);
        // Asked for after the acknowledged write: on nothing that was read before it.
        const afterwards = await together(all);
        const after = await oneByOne(all);
        expect(afterwards).toEqual(after);
        amid.forEach((one, index) => expect([before[index], after[index]]).toContain(one));
      }
    });
    await tryOut('verdicts read together', 0.003, property);
  });
});
