import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A private key that signs the tokens of one registry service, sealed, and shared by all replicas. Not in `signing_keys`:
 * an older release would sign the tokens of other services with it.
 */
@Entity('service_keys')
@Index('service_keys_service', ['service'])
export class ServiceKey {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** The name of the service. */
  @Column({ name: 'service_name', type: 'varchar', length: 255 })
  service!: string;

  /** PKCS #8 in PEM, sealed. */
  @Column({ name: 'sealed_private_key', type: 'text' })
  sealedPrivateKey!: string;

  /** The self-signed certificate of the key, in PEM. */
  @Column({ type: 'text' })
  certificate!: string;

  /** When the key starts to sign; it stops when the next one of its service starts. */
  @Column({ name: 'signs_from', type: 'datetime', precision: 3 })
  signsFrom!: Date;
}
