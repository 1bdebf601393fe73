import { expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { LOGIN, VERIFY } from './documents.js';
import { Browser } from './browser.js';
import { OidcScenario } from './oidc-scenario.js';

const USES = 30;

/** A scenario whose database can be made to refuse writes. */
export interface ReadOnlyScene {
  readonly scenario: OidcScenario;
  readonly refuseWrites: (isOn: boolean) => Promise<void>;
}

/** The stories, for every engine, of what works and what fails while the database is read-only. */
export function tellOfReadOnly(scene: () => ReadOnlyScene): void {
  it('is not ready, says why, and is ready again as soon as it can be written', async () => {
    const { scenario, refuseWrites } = scene();
    const ready = async () => {
      scenario.app.clock.advance(6);
      const { status, text } = await new Browser().fetch(`${scenario.app.url}/health/ready`);
      return [status, (JSON.parse(text) as { reason?: string }).reason];
    };
    expect(await ready()).toEqual([200, undefined]);
    await refuseWrites(true);
    expect(await ready()).toEqual([503, 'DATABASE_NOT_WRITABLE']);
    await refuseWrites(false);
    expect(await ready()).toEqual([200, undefined]);
    const marks = await scenario.app.nest
      .get(DataSource)
      .query<unknown[]>("SELECT * FROM once_only WHERE purpose = 'readiness'");
    expect(marks).toHaveLength(1);
  });

  it('goes on verifying secrets and giving registry tokens by what can be read, and logs once that it can not write', async () => {
    const { scenario, refuseWrites } = scene();
    const { app } = scenario;
    const secret = await scenario.secretOf(await scenario.onboarded('lin'));
    const verified = async (text: string) =>
      (await app.ask({ bearer: scenario.verifierToken }, VERIFY, { username: 'lin', secret: text })).data
        ?.verifyCliSecret.status;
    const tokenFor = (text: string) => {
      const authorization = `Basic ${Buffer.from(`lin:${text}`).toString('base64')}`;
      return fetch(`${app.url}/service/token?service=${app.environment.registryService}`, {
        headers: { authorization },
      });
    };
    await refuseWrites(true);
    app.clock.toNextMinute();
    const before = app.log.length;
    for (let use = 0; use < USES; use++) {
      expect(await verified(secret)).toBe('VALID');
      expect((await tokenFor(secret)).status).toBe(200);
      expect(await verified(`wrong-secret-${use}`)).toBe('MISMATCH');
    }
    expect((await tokenFor('Wrong-secret-1')).status).toBe(401);
    const login = await app.ask(new Browser(), LOGIN, { input: { username: 'admin', password: app.adminPassword } });
    expect(login.code).toBe('SERVICE_UNAVAILABLE');
    const warnings = app.log.slice(before).filter((line) => /could not be (written|noted|stored)/.test(line));
    expect(warnings.length).toBeGreaterThan(0);
    expect(new Set(warnings.map((line) => (JSON.parse(line) as { context: string }).context)).size).toBe(
      warnings.length,
    );
    await refuseWrites(false);
    expect(
      (await app.ask(new Browser(), LOGIN, { input: { username: 'admin', password: app.adminPassword } })).code,
    ).toBeUndefined();
  });
}
