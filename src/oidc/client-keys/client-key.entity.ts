import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AssertionAlgorithm } from '../../common/crypto/assertion-key.js';

/** A private key that signs client assertions (`private_key_jwt`), sealed, and shared by all replicas. */
@Entity('client_keys')
export class ClientKey {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 16 })
  algorithm!: AssertionAlgorithm;

  /** PKCS #8 in PEM, sealed. */
  @Column({ name: 'sealed_private_key', type: 'text' })
  sealedPrivateKey!: string;

  /** When the key starts to sign; it stops when the next one of its algorithm starts. */
  @Column({ name: 'signs_from', type: 'datetime', precision: 3 })
  signsFrom!: Date;
}
