import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { won } from '../common/conditional-write.js';
import { AuthMode } from './auth-mode.js';
import { Installation } from './installation.js';
import { fromDocument, StoredSettings, toDocument } from './settings.document.js';
import { SETTINGS_ID, SettingsRow } from './settings.entity.js';
import { SettingsConflict } from './settings.errors.js';

/** The settings in force. `revision` grows with every change. */
export interface Settings extends StoredSettings {
  readonly revision: number;
  readonly authMode: AuthMode;
}

/**
 * Reads and writes the one row of settings. A request learns the revision in force from a read that it makes anyway and
 * hands it to {@link catchUp}; so a change made on any replica is in force at the next request, and none parses twice.
 */
@Injectable()
export class SettingsService {
  private known?: Settings;

  constructor(
    @InjectRepository(SettingsRow) private readonly rows: Repository<SettingsRow>,
    private readonly installation: Installation,
  ) {}

  /** The settings as they were when this request, or a later one, began. */
  current(): Settings {
    if (!this.known) throw new Error('Settings were read before the first request had caught up with them.');
    return this.known;
  }

  /**
   * Makes {@link current} at least as new as a revision that was just read.
   *
   * @param revision the revision seen in the database; where it is left out, the row is read
   */
  async catchUp(revision?: number): Promise<Settings> {
    if (this.known && revision !== undefined && this.known.revision >= revision) return this.known;
    const row = await this.rows.findOneByOrFail({ id: SETTINGS_ID });
    if (!this.known || row.revision > this.known.revision) {
      const stored = fromDocument(row.document, this.installation.cipher);
      this.known = { revision: row.revision, authMode: row.authMode, ...stored };
    }
    return this.known;
  }

  /**
   * Puts new settings in force, in one statement.
   *
   * @throws {SettingsConflict} where `next.revision` is no longer the current one
   * @throws the database's foreign key refusal where users of the old mode exist
   */
  async replace(next: Settings): Promise<Settings> {
    const document = toDocument(next, this.installation.cipher);
    const change = { authMode: next.authMode, document, revision: next.revision + 1 };
    const result = await this.rows.update({ id: SETTINGS_ID, revision: next.revision }, change);
    const current = await this.catchUp();
    if (!won(result)) throw new SettingsConflict(current.revision);
    return current;
  }
}
