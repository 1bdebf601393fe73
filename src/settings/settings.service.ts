import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Not, Repository } from 'typeorm';
import { isForeignKeyRefusal, changedARow } from '../common/persistence/conditional-write.js';
import { InvalidEnvironment } from '../config/env.js';
import { AuthMode } from './auth-mode.js';
import type { FixedSettings } from './fixed-settings.js';
import { FIXED_SETTINGS, NOTHING_FIXED, unchangeableNames, withFixed, withoutFixed } from './fixed-settings.js';
import { ACCESS_RULES } from './fixed-values.js';
import { Installation } from './installation.js';
import { fromDocument, StoredSettings, toDocument } from './settings.document.js';
import { SETTINGS_ID, SettingsRow } from './settings.entity.js';
import { SettingReadOnly, SettingsConflict } from './settings.errors.js';
import { missingForOidcMode } from './oidc-settings.schema.js';

/** The settings in force. `revision` grows with every change. */
export interface Settings extends StoredSettings {
  readonly revision: number;
  readonly authMode: AuthMode;
}

/**
 * Reads and writes the one row of settings. Each request learns the current revision from a read that it makes anyway and
 * passes it to {@link catchUp}: so a change made on any replica applies to the next request, and is parsed only once.
 */
@Injectable()
export class SettingsService {
  private readonly logger = new Logger(SettingsService.name);
  private known?: Settings;
  private stored?: StoredSettings;

  constructor(
    @InjectRepository(SettingsRow) private readonly rows: Repository<SettingsRow>,
    private readonly installation: Installation,
    @Inject(FIXED_SETTINGS) private readonly fixed: FixedSettings = NOTHING_FIXED,
  ) {}

  /**
   * Puts a fixed auth mode in force. It is stored, because users belong to the mode in force; only servers do so.
   *
   * @throws {InvalidEnvironment} if it cannot take effect
   */
  async putFixedModeInForce(): Promise<void> {
    const { authMode } = this.fixed;
    if (!authMode) return;
    const { oidc, revision } = await this.catchUp();
    const missing = authMode === AuthMode.OIDC ? missingForOidcMode(oidc) : [];
    if (missing.length > 0) throw this.unusable(`OIDC needs ${missing.join(', ')}; set them there as well.`);
    try {
      const other = { id: SETTINGS_ID, authMode: Not(authMode) };
      const result = await this.rows.update(other, { authMode, revision: () => 'revision + 1' });
      if (changedARow(result)) this.logger.log(`The auth mode is ${authMode} now, as ${this.fixed.variable} says.`);
    } catch (error) {
      if (!isForeignKeyRefusal(error)) throw error;
      throw this.unusable(`${authMode} can't be put in force while users of the other mode exist.`);
    }
    await this.catchUp(revision + 1);
  }

  /** The names of the settings that the operator has fixed, so that they can't be changed, such as `authMode` and `oidc.endpoint`. */
  fixedNames(): readonly string[] {
    return unchangeableNames(this.fixed);
  }

  /** Why fixed settings and rules cannot be changed, as a sentence. */
  fixedReason(): string {
    return `The operator has set it in ${this.fixed.variable}.`;
  }

  /**
   * Rejects a change of a fixed rule.
   *
   * @throws {SettingReadOnly}
   */
  refuseFixedRule(): never {
    throw new SettingReadOnly([ACCESS_RULES], this.fixed.variable);
  }

  /**
   * Rejects a change of fixed settings.
   *
   * @param names the settings that it would change
   * @throws {SettingReadOnly}
   */
  refuseFixed(names: readonly string[]): void {
    const settings = unchangeableNames(this.fixed).filter((name) => names.includes(name));
    if (settings.length > 0) throw new SettingReadOnly(settings, this.fixed.variable);
  }

  /** The settings as of the start of this request or a later one. */
  current(): Settings {
    if (!this.known) throw new Error('Settings were read before they were loaded.');
    return this.known;
  }

  /**
   * Brings {@link current} up to at least the revision that was just read.
   *
   * @param revision the revision read from the database; if left out, it is read
   */
  async catchUp(revision?: number): Promise<Settings> {
    const least = revision ?? (await this.storedRevision());
    if (this.known && this.known.revision >= least) return this.known;
    const row = await this.rows.findOneByOrFail({ id: SETTINGS_ID });
    if (!this.known || row.revision > this.known.revision) {
      this.stored = fromDocument(row.document, this.installation.cipher);
      this.known = { revision: row.revision, authMode: row.authMode, ...withFixed(this.fixed, this.stored) };
    }
    return this.known;
  }

  /**
   * Puts new settings in force, in one statement.
   *
   * @throws {SettingsConflict} if `next.revision` is no longer the current one
   * @throws the database's foreign key error if the mode changes while users of the old mode exist
   */
  async replace(next: Settings): Promise<Settings> {
    const kept = withoutFixed(this.fixed, next, this.stored ?? next);
    const document = toDocument(kept, this.installation.cipher);
    const change = { authMode: next.authMode, document, revision: next.revision + 1 };
    const result = await this.rows.update({ id: SETTINGS_ID, revision: next.revision }, change);
    const current = await this.catchUp();
    if (!changedARow(result)) throw new SettingsConflict(current.revision);
    return current;
  }

  private async storedRevision(): Promise<number> {
    // Not by the repository: this is read after every wait for a refresh.
    const sql = `SELECT revision FROM settings WHERE id = ${SETTINGS_ID}`;
    const [row] = await this.rows.manager.query<{ revision: number }[]>(sql);
    return row?.revision ?? Infinity;
  }

  private unusable(problem: string): InvalidEnvironment {
    return new InvalidEnvironment([`${this.fixed.variable} authMode ${problem}`]);
  }
}
