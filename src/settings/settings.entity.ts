import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { AuthMode } from './auth-mode.js';

/** The id of the one row of `settings`. */
export const SETTINGS_ID = 1;

/** The settings, in one row; `document` holds only differences to the defaults. */
@Entity('settings')
@Index('settings_auth_mode', ['authMode'], { unique: true })
export class SettingsRow {
  @PrimaryColumn({ type: 'integer' })
  id!: number;

  @Column({ name: 'auth_mode', type: 'varchar', length: 16 })
  authMode!: AuthMode;

  @Column({ type: 'integer' })
  revision!: number;

  @Column({ type: 'text' })
  document!: string;

  @Column({ name: 'key_check', type: 'varchar', length: 255 })
  keyCheck!: string;

  @Column({ name: 'sealed_digest_key', type: 'varchar', length: 255 })
  sealedDigestKey!: string;
}
