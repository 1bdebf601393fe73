import { isMissingTable } from '../common/persistence/missing-table.js';
import { Clock } from '../common/runtime/clock.js';
import { VARIABLES } from '../config/env.js';
import type { Variables } from '../config/given-variables.js';
import { openReadOnly, ReadOnlyDatabase } from '../database/inspection/index.js';
import { Installation } from '../settings/installation.js';
import { EncryptionKeyUnusable } from '../settings/settings.errors.js';
import { NotExaminable } from './not-examinable.js';
import { KnownEnvironment, knownEnvironment } from './known-environment.js';

/** What the operator asks in addition. */
export interface DoctorQuestions {
  /** A registry to ask: `--registry`. */
  readonly registry?: URL;
  /** The path of a registry's `rootcertbundle`: `--registry-bundle`. */
  readonly registryBundle?: string;
}

/** The one row of settings, as it is stored. */
export interface StoredSettingsRow {
  readonly authMode: string;
  readonly revision: number;
  readonly document: string;
  readonly keyCheck: string;
  readonly sealedDigestKey: string;
}

const SETTINGS = `SELECT auth_mode AS authMode, revision, document, key_check AS keyCheck, sealed_digest_key AS sealedDigestKey
  FROM settings WHERE id = 1`;

const noInstallation = () => new NotExaminable('The database holds no installation.');

/** What the examinations look at. Database and keys are opened once, when the first of them asks. */
export class DoctorContext {
  readonly known: KnownEnvironment;
  private opening?: Promise<ReadOnlyDatabase>;
  private reading?: Promise<StoredSettingsRow>;

  constructor(
    readonly source: Variables,
    readonly questions: DoctorQuestions = {},
    readonly clock = new Clock(),
  ) {
    this.known = knownEnvironment(source);
  }

  get environment() {
    return this.known.environment;
  }

  /** Refuses to examine what hangs on a variable that can't be read. */
  demand(...names: readonly (keyof typeof VARIABLES)[]): void {
    const bad = names.map((name) => VARIABLES[name].name).find((name) => this.known.unusable.has(name));
    if (bad) throw new NotExaminable(`${bad} is not valid.`, `Correct ${bad}.`);
  }

  /**
   * The database.
   *
   * @throws {DatabaseUnusable} {@link NotExaminable} if DATABASE_URL is not valid
   */
  async openDatabase(): Promise<ReadOnlyDatabase> {
    this.demand('databaseUrl');
    return (this.opening ??= openReadOnly(this.environment.database));
  }

  /** The database, for examinations of something in it. */
  async database(): Promise<ReadOnlyDatabase> {
    return this.openDatabase().catch((error: unknown) => {
      if (error instanceof NotExaminable) throw error;
      throw new NotExaminable("The database can't be read.", 'See what is said of the database.');
    });
  }

  /** The stored settings. */
  async settings(): Promise<StoredSettingsRow> {
    const database = await this.database();
    this.reading ??= database.rows<StoredSettingsRow>(SETTINGS).then(
      ([row]) => row ?? Promise.reject(noInstallation()),
      (error: Error) => Promise.reject(isMissingTable(error) ? noInstallation() : error),
    );
    return this.reading;
  }

  /** The keys of the installation. */
  async installation(): Promise<Installation> {
    const row = await this.settings();
    this.demand('encryptionKey');
    return Installation.ofSealed(row, this.environment).catch((error: unknown) => {
      if (!(error instanceof EncryptionKeyUnusable)) throw error;
      throw new NotExaminable('The encryption key opens nothing.', 'See what is said of the keys.');
    });
  }

  /** Closes what was opened. */
  async close(): Promise<void> {
    const database = await this.opening?.catch(() => undefined);
    await database?.close().catch(() => undefined);
  }
}
