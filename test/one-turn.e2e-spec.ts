import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { CliSecretVerifier } from '../src/cli-secrets/cli-secret-verifier.service.js';
import { CliSecretsService } from '../src/cli-secrets/cli-secrets.service.js';
import { SecretText } from '../src/common/crypto/secret-text.js';
import { SettingsService } from '../src/settings/settings.service.js';
import { User } from '../src/users/user.entity.js';
import { UserDisabling } from '../src/users/user-disabling.service.js';
import { TestApp } from './support/app.js';
import { OidcScenario } from './support/oidc-scenario.js';

const VERIFICATIONS = 200;
const CLIENT = { address: null, isShared: true };
const ROUNDS = 5;

interface Presented {
  readonly username: string;
  readonly secret: string;
}

describe('With three replicas on one database', () => {
  let scenario: OidcScenario;
  let replicas: TestApp[];
  let lin: User;
  let sam: User;
  let sams: string;

  beforeEach(async () => {
    scenario = await OidcScenario.open({ idTokenSeconds: 3600 });
    const { app } = scenario;
    replicas = [app, await app.replica(), await app.replica()];
    for (const { nest } of replicas) await nest.get(SettingsService, { strict: false }).catchUp();
    await scenario.secretOf(await scenario.onboarded('lin'));
    sams = await scenario.secretOf(await scenario.onboarded('sam'));
    const users = app.nest.get(DataSource).getRepository(User);
    lin = await users.findOneByOrFail({ username: 'lin' });
    sam = await users.findOneByOrFail({ username: 'sam' });
  });
  afterEach(async () => {
    for (const replica of replicas.slice(1)) await replica.stop({ keepData: true });
    await scenario.close();
  });

  const at = (index: number) => replicas[index % replicas.length]?.nest ?? scenario.app.nest;
  /** All in this turn, at each replica in turns. */
  const verifyAll = (count: number, presented: readonly Presented[]) =>
    Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const { username, secret } = presented[index % presented.length] ?? { username: '', secret: '' };
        const verifier = at(index).get(CliSecretVerifier, { strict: false });
        return `${username} ${(await verifier.verify(username, new SecretText(secret), CLIENT)).status}`;
      }),
    );
  const generate = async (round: number) => {
    const secrets = at(round).get(CliSecretsService, { strict: false });
    const { id: userId, isAdmin, securityStamp } = lin;
    const made = await secrets.generate({ kind: 'user', userId, isAdmin, securityStamp });
    return secrets.textOf(made)?.reveal() ?? '';
  };
  const setDisabled = (round: number, isDisabled: boolean) =>
    at(round + 1)
      .get(UserDisabling, { strict: false })
      .setDisabled(sam.id, isDisabled);
  const sorted = (statuses: readonly string[]) => [...new Set(statuses)].sort();

  it('verifications that meet a new secret and a disabled user in one turn are each answered on rows read after they arrived', async () => {
    let old = await generate(0);
    for (let round = 0; round < ROUNDS; round++) {
      const before = [
        { username: 'lin', secret: old },
        { username: 'sam', secret: sams },
        { username: 'nobody', secret: old },
      ];
      expect(sorted(await verifyAll(9, before))).toEqual(['lin VALID', 'nobody MISMATCH', 'sam VALID']);
      const met = verifyAll(VERIFICATIONS, before);
      // As soon as a write is acknowledged, while others of the turn may still be under way.
      const afterNew = generate(round).then(async (secret) => {
        const both = [
          { username: 'lin', secret: old },
          { username: 'LIN', secret },
        ];
        expect(sorted(await verifyAll(VERIFICATIONS, both))).toEqual(['LIN VALID', 'lin MISMATCH']);
        return secret;
      });
      const afterDisabled = setDisabled(round, true).then(async () => {
        const [, ofSam] = before;
        expect(sorted(await verifyAll(VERIFICATIONS, ofSam ? [ofSam] : []))).toEqual(['sam USER_DISABLED']);
      });
      const possible = ['lin MISMATCH', 'lin VALID', 'nobody MISMATCH', 'sam USER_DISABLED', 'sam VALID'];
      for (const status of sorted(await met)) expect(possible).toContain(status);
      [old] = await Promise.all([afterNew, afterDisabled]);
      await setDisabled(round, false);
    }
  });
});
