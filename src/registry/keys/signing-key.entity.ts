import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The use of a key: TOKEN keys sign registry tokens, the one CERTIFICATE key signs their certificates. */
export enum SigningKeyUse {
  CERTIFICATE = 'CERTIFICATE',
  TOKEN = 'TOKEN',
}

/** A private key of the registry token service, sealed, and shared by all replicas. */
@Entity('signing_keys')
export class SigningKey {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ name: 'key_use', type: 'varchar', length: 16 })
  use!: SigningKeyUse;

  /** PKCS #8 in PEM, sealed. */
  @Column({ name: 'sealed_private_key', type: 'text' })
  sealedPrivateKey!: string;

  /** The certificate that registries trust, in PEM; only the CERTIFICATE key has one. */
  @Column({ type: 'text', nullable: true })
  certificate!: string | null;

  /** When the key starts to sign; it stops when the next one starts. */
  @Column({ name: 'signs_from', type: 'datetime', precision: 3 })
  signsFrom!: Date;
}
