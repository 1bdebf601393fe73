import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { CliSecret } from '../src/cli-secrets/cli-secret.entity.js';
import { Clock } from '../src/common/runtime/clock.js';
import { ProviderGrant } from '../src/grants/provider-grant.entity.js';
import { SigningKey } from '../src/registry/keys/signing-key.entity.js';
import { SigningKeys } from '../src/registry/keys/signing-keys.service.js';
import { Session } from '../src/sessions/session.entity.js';
import { Installation } from '../src/settings/installation.js';
import { SettingsRow } from '../src/settings/settings.entity.js';
import { Browser } from './support/browser.js';
import { CLI_SECRET, CONFIGURATION, GENERATE, LOGOUT, PENDING, SET_ADMIN } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

const LIFE_SECONDS = 600;

describe('A sealed value that does not open', () => {
  let scenario: OidcScenario;
  beforeEach(
    async () => (scenario = await OidcScenario.open({ idTokenSeconds: LIFE_SECONDS, oidc: { logout: true } })),
  );
  afterEach(() => scenario.close());

  const repository = <T extends object>(entity: new () => T) => scenario.app.nest.get(DataSource).getRepository(entity);
  const notes = () =>
    scenario.app.log
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ context }) => context === 'SealedValues');
  const grantOf = async (name: string) => {
    const grants = await repository(ProviderGrant).find({ relations: { user: true } });
    return grants.find(({ user }) => user?.username === name)!;
  };

  it.each(['sealedRefreshToken', 'sealedIdToken'] as const)(
    'as the %s of a grant means to log in again: at once, with nothing sent, and the lease given back',
    async (column) => {
      const lin = await scenario.onboarded('lin');
      const secret = await scenario.secretOf(lin);
      await scenario.onboarded('sam');
      const [mine, theirs] = [await grantOf('lin'), await grantOf('sam')];
      await repository(ProviderGrant).update({ userId: mine.userId }, { [column]: theirs[column] });
      scenario.app.clock.advance(LIFE_SECONDS + 1);
      const { status, message } = await scenario.verify('lin', secret);
      expect([status, message]).toEqual(['NO_REFRESH_TOKEN', expect.stringContaining('log in at')]);
      expect(await scenario.verify('lin', secret)).toMatchObject({ status: 'NO_REFRESH_TOKEN' });
      expect(await grantOf('lin')).toMatchObject({ leaseOwner: null, endReason: 'NO_REFRESH_TOKEN' });
      expect((await scenario.app.ask(lin, CLI_SECRET)).data.cliSecret.status).toBe('NO_REFRESH_TOKEN');
      expect(scenario.provider.refreshes).toEqual({ succeeded: 0, refused: 0 });
      const name = column === 'sealedIdToken' ? 'sealed_id_token' : 'sealed_refresh_token';
      expect(notes()).toEqual([expect.objectContaining({ table: 'provider_grants', column: name, row: mine.userId })]);
      await scenario.login(lin, 'lin');
      expect(await scenario.verify('lin', secret)).toMatchObject({ status: 'VALID' });
    },
  );

  it('as a token of a grant takes no administration by grant, as where the provider gave no refresh token', async () => {
    const lin = await scenario.onboarded('lin');
    const { userId } = await grantOf('lin');
    await scenario.app.ask(scenario.app.admin, SET_ADMIN, { input: { userId, isAdmin: true } });
    await repository(ProviderGrant).update({ userId }, { sealedRefreshToken: 'v1.another.key' });
    scenario.app.clock.advance(LIFE_SECONDS + 1);
    expect(await scenario.verify('lin', await scenario.secretOf(lin))).toMatchObject({ status: 'NO_REFRESH_TOKEN' });
    expect((await scenario.app.ask(lin, CONFIGURATION)).code).toBeUndefined();
  });

  it('as the ID token of a grant keeps nobody from logging out at the provider', async () => {
    const lin = await scenario.onboarded('lin');
    await repository(ProviderGrant).createQueryBuilder().update().set({ sealedIdToken: 'v1.another.key' }).execute();
    const url = new URL((await scenario.app.ask(lin, LOGOUT)).data.logout.redirectUrl);
    expect([url.origin, url.searchParams.get('id_token_hint')]).toEqual([scenario.provider.issuer, null]);
    expect(url.searchParams.get('client_id')).toBe('mooring');
  });

  it('as a CLI secret means to make a new one, and is shown to nobody', async () => {
    const [lin, sam] = [await scenario.onboarded('lin'), await scenario.onboarded('sam')];
    const [secret] = [await scenario.secretOf(lin), await scenario.secretOf(sam)];
    const [one, other] = await repository(CliSecret).find();
    await repository(CliSecret).update({ userId: one!.userId }, { sealedSecret: other!.sealedSecret });
    await repository(CliSecret).update({ userId: other!.userId }, { sealedSecret: one!.sealedSecret });
    expect((await scenario.app.ask(lin, CLI_SECRET)).data.cliSecret).toMatchObject({ secret: null, status: 'VALID' });
    // What was copied before goes on: its digest decides.
    expect((await scenario.verify('lin', secret)).status).toBe('VALID');
    expect(notes()).toEqual([expect.objectContaining({ table: 'cli_secrets', column: 'sealed_secret' })]);
    const made = (await scenario.app.ask(lin, GENERATE)).data.generateCliSecret.cliSecret.secret as string;
    expect(await scenario.secretOf(lin)).toBe(made);
    expect((await scenario.verify('lin', secret)).status).toBe('MISMATCH');
  });

  it('as a first login that waits for a user name is none that waits', async () => {
    const lin = new Browser();
    await scenario.firstLogin(lin, 'lin');
    await repository(Session).createQueryBuilder().update().set({ sealedOnboarding: 'v1.another.key' }).execute();
    const { data, code } = await scenario.app.ask(lin, PENDING);
    expect([data.pendingOnboarding, code]).toEqual([null, undefined]);
    expect(notes()).toEqual([expect.objectContaining({ table: 'sessions', column: 'sealed_onboarding' })]);
    await scenario.firstLogin(lin, 'lin');
    expect((await scenario.app.ask(lin, PENDING)).data.pendingOnboarding).not.toBeNull();
  });

  it('as the client secret is one that is not set: an administrator sets it anew, and all else goes on', async () => {
    const row = (await repository(SettingsRow).find())[0]!;
    const document = JSON.parse(row.document) as { oidc: { clientSecret: string } };
    document.oidc.clientSecret = 'v1.another.key';
    const changed = { document: JSON.stringify(document), revision: row.revision + 1 };
    await repository(SettingsRow).update({ id: row.id }, changed);
    const { data } = await scenario.app.ask(scenario.app.admin, CONFIGURATION);
    expect(data.configuration.oidc.clientSecretSet).toBe(false);
    expect((await scenario.toProvider(new Browser())).text).toContain('oidc.clientSecret');
    expect(notes()).toEqual([expect.objectContaining({ table: 'settings', row: 'oidc.clientSecret' })]);
    await scenario.configure({ oidc: { clientSecret: 'provider-client-secret' } });
    await scenario.onboarded('lin');
  });

  it('as a key of registry tokens takes that key out, and the others go on signing', async () => {
    const { nest } = scenario.app;
    const service = () =>
      new SigningKeys(nest.get(DataSource), repository(SigningKey), nest.get(Installation), new Clock());
    const before = (await service().ring()).signingAt(new Date());
    const added = await service().rotate(0);
    await repository(SigningKey).update({ id: added.id }, { sealedPrivateKey: 'v1.another.key' });
    const ring = await service().ring();
    expect(ring.signingAt(new Date(Date.now() + 60_000)).id).toBe(before.id);
    expect(notes()).toEqual([expect.objectContaining({ table: 'signing_keys', row: added.id })]);
  });
});
