import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a key is for: TOKEN keys sign registry tokens, the one CERTIFICATE key vouches for them. */
export enum SigningKeyUse {
  CERTIFICATE = 'CERTIFICATE',
  TOKEN = 'TOKEN',
}

/** A private key of the registry token service, sealed, so that all replicas sign alike. */
@Entity('signing_keys')
export class SigningKey {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ name: 'key_use', type: 'varchar', length: 16 })
  use!: SigningKeyUse;

  /** PKCS #8 in PEM, sealed. */
  @Column({ name: 'sealed_private_key', type: 'text' })
  sealedPrivateKey!: string;

  /** The certificate that registries trust, in PEM; the CERTIFICATE key alone has one. */
  @Column({ type: 'text', nullable: true })
  certificate!: string | null;

  /** From when on it signs; until the next one does. */
  @Column({ name: 'signs_from', type: 'datetime', precision: 3 })
  signsFrom!: Date;
}
