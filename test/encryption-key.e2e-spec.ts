import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { DataSource } from 'typeorm';
import { Cipher } from '../src/common/crypto/cipher.js';
import { sealedColumns } from '../src/commands/rewrap.js';
import { Session } from '../src/sessions/session.entity.js';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CLI_SECRET, GENERATE, ONBOARD } from './support/documents.js';
import { databaseVariables } from './support/fresh-database.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { getToken } from './support/registry-client.js';
import { ServerProcess } from './support/server-process.js';

const run = promisify(execFile);
/** Enough that a run of the command has most of it before it after the first of its batches. */
const WAITING = 1000;

describe('The encryption key', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open()));
  afterEach(() => scenario.close());

  const database = () => scenario.app.nest.get(DataSource);
  const rowsOf = (table: string) => database().query<Record<string, string>[]>(`SELECT * FROM ${table}`);
  /** A new key beside the one in use, and the command that seals everything with it. */
  const replacement = async () => {
    const { environment, adminPassword, url } = scenario.app;
    const given = environment.encryptionKeys[0]?.toString('base64');
    const oldKey = given ?? (await readFile(`${environment.dataDir}/encryption.key`, 'utf8')).trim();
    const newKey = randomBytes(32).toString('base64');
    const both = `${newKey},${oldKey}`;
    const shared = { DATA_DIR: environment.dataDir, ADMIN_PASSWORD: adminPassword, PUBLIC_URL: url };
    const { DATABASE_URL } = await databaseVariables(environment.dataDir);
    const variables = { ...shared, DATABASE_URL, ENCRYPTION_KEY: both };
    const rewrap = async (...args: string[]) => {
      const env = { PATH: process.env.PATH, ...variables };
      return (await run(process.execPath, ['dist/src/mooring.js', 'keys', 'rewrap', ...args], { env })).stdout;
    };
    return { newKey, oldKey, both, shared, variables, rewrap };
  };
  /** First logins that wait for a user name, sealed with a key. */
  const waitingLogins = async (count: number, key: string) => {
    const [cipher, now] = [new Cipher([Buffer.from(key, 'base64')]), new Date()];
    const place = { table: 'sessions', column: 'sealed_onboarding' };
    const rows = Array.from({ length: count }, (_, index) => ({
      ...{ id: `waiting-${index}`, tokenHash: `hash ${index}`, createdAt: now, lastSeenAt: now },
      ...{ expiresAt: scenario.app.clock.secondsFromNow(900) },
      sealedOnboarding: cipher.seal('{}', { ...place, row: `waiting-${index}` }),
    }));
    await database().getRepository(Session).insert(rows);
  };
  const waitingUnder = async (key: string) => {
    const { mark } = new Cipher([Buffer.from(key, 'base64')]);
    return (await rowsOf('sessions')).filter(({ sealed_onboarding: sealed }) => sealed?.startsWith(mark)).length;
  };

  it('opens nothing that was moved to another person', async () => {
    const [lin, sam] = [await scenario.onboarded('lin'), await scenario.onboarded('sam')];
    const secrets = [await scenario.secretOf(lin), await scenario.secretOf(sam)];
    const [one, other] = await rowsOf('cli_secrets');
    await database().query('UPDATE cli_secrets SET sealed_secret = ? WHERE user_id = ?', [
      one!.sealed_secret,
      other!.user_id,
    ]);
    const answers = [await scenario.app.ask(lin, CLI_SECRET), await scenario.app.ask(sam, CLI_SECRET)];
    const unopened = answers.filter(({ data }) => data.cliSecret.secret === null);
    expect(unopened).toHaveLength(1);
    for (const secret of secrets) expect(unopened[0]?.text).not.toContain(secret);
    expect(scenario.app.log.splice(0).join()).toMatch(/cli_secrets/);
  });

  it('is needed for whatever is secret in the database: every sealed value opens with it, at its own place alone', async () => {
    // The access tokens of administrators are kept.
    await scenario.app.configure({ oidc: { adminGroup: 'mooring-admins' } });
    const lin = await scenario.onboarded('lin');
    await scenario.secretOf(lin);
    await getToken(scenario.app.url, { service: 'registry' });
    const { encryptionKeys, dataDir } = scenario.app.environment;
    const key = encryptionKeys[0] ?? Buffer.from(await readFile(`${dataDir}/encryption.key`, 'utf8'), 'base64');
    const [own, foreign] = [new Cipher([key]), new Cipher([randomBytes(32)])];
    const opens = (cipher: Cipher, sealed: string, row: string, table: string, column: string) => {
      try {
        return cipher.open(sealed, { table, column, row }) !== '';
      } catch {
        return false;
      }
    };
    const found = new Set<string>();
    for (const { table, column, id } of sealedColumns(database())) {
      for (const row of (await rowsOf(table)).filter((one) => one[column] !== null)) {
        const [sealed, place] = [row[column]!, String(row[id])];
        found.add(`${table}.${column}`);
        expect(opens(own, sealed, place, table, column)).toBe(true);
        expect(opens(foreign, sealed, place, table, column)).toBe(false);
        expect(opens(own, sealed, 'another row', table, column)).toBe(false);
        expect(opens(own, sealed, place, 'another_table', column)).toBe(false);
        expect(opens(own, sealed, place, table, 'another_column')).toBe(false);
      }
    }
    expect([...found].sort()).toEqual([
      'cli_secrets.sealed_secret',
      'provider_grants.sealed_access_token',
      'provider_grants.sealed_id_token',
      'provider_grants.sealed_refresh_token',
      'settings.sealed_digest_key',
      'signing_keys.sealed_private_key',
    ]);
  });

  it('is replaced beside servers that run, and everybody goes on', async () => {
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    const { newKey, oldKey, shared, both, rewrap } = await replacement();
    const withBoth = await TestApp.start({ ...shared, ENCRYPTION_KEY: both });
    expect(await rewrap('--help')).toMatch(/ENCRYPTION_KEY.*the\s+new\s+key,\s+then\s+the\s+old\s+one/s);
    const first = JSON.parse(await rewrap('--json'));
    expect(first).toMatchObject({ unopened: 0, isComplete: true });
    expect(first.resealed).toBeGreaterThan(5);
    expect(await rewrap()).toMatch(/^0 values were re-encrypted. No value is left under another key/);

    const asker = lin.copy();
    expect((await withBoth.ask(asker, CLI_SECRET)).data.cliSecret.secret).toBe(secret);
    expect((await withBoth.ask(asker, GENERATE)).code).toBeUndefined();
    const replaced = (await withBoth.ask(asker, CLI_SECRET)).data.cliSecret.secret;
    await withBoth.stop({ keepData: true });
    const withNew = await TestApp.start({ ...shared, ENCRYPTION_KEY: newKey });
    expect((await withNew.ask(asker, CLI_SECRET)).data.cliSecret.secret).toBe(replaced);
    expect((await scenario.verify('lin', replaced)).status).toBe('VALID');
    await withNew.stop({ keepData: true });
    await expect(TestApp.start({ ...shared, ENCRYPTION_KEY: oldKey })).rejects.toThrow(/not the one/);
  });

  it('may be half replaced when the command is killed: servers with both keys go on, and the next run does the rest', async () => {
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    const { newKey, oldKey, both, shared, variables, rewrap } = await replacement();
    await waitingLogins(WAITING, oldKey);
    const command = await ServerProcess.start(variables, ['keys', 'rewrap']);
    const killed = new Promise<void>((done) => {
      command.process.stderr?.on('data', (line: Buffer) => {
        if (line.includes('sessions.')) done(command.end('SIGKILL'));
      });
    });
    await Promise.race([killed, command.exit()]);
    expect(command.process.signalCode).toBe('SIGKILL');
    const [done, left] = [await waitingUnder(newKey), await waitingUnder(oldKey)];
    expect([done >= 200, left > 0, done + left]).toEqual([true, true, WAITING]);

    const withBoth = await TestApp.start({ ...shared, ENCRYPTION_KEY: both });
    expect((await withBoth.ask(lin, CLI_SECRET)).data.cliSecret.secret).toBe(secret);
    expect((await scenario.verify('lin', secret)).status).toBe('VALID');
    const sam = new Browser();
    await scenario.firstLogin(sam, 'sam');
    await withBoth.ask(sam, ONBOARD, { input: { username: 'sam' } });
    const later = (await withBoth.ask(sam, CLI_SECRET)).data.cliSecret.secret;
    await withBoth.stop({ keepData: true });
    await expect(TestApp.start({ ...shared, ENCRYPTION_KEY: newKey })).rejects.toThrow(/not the one/);

    expect(JSON.parse(await rewrap('--json'))).toMatchObject({ unopened: 0, isComplete: true });
    expect([await waitingUnder(newKey), await waitingUnder(oldKey)]).toEqual([WAITING, 0]);
    const withNew = await TestApp.start({ ...shared, ENCRYPTION_KEY: newKey });
    const secrets = [await withNew.ask(lin, CLI_SECRET), await withNew.ask(sam, CLI_SECRET)];
    expect(secrets.map(({ data }) => data.cliSecret.secret)).toEqual([secret, later]);
    await withNew.stop({ keepData: true });
  });
});
