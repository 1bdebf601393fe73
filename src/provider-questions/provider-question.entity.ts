import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A question that the provider test asked, so that all replicas together ask it no more often than they may. */
@Entity('provider_questions')
@Index('provider_questions_asked', ['askedAt'])
export class ProviderQuestion {
  /** A digest of what was asked and of whom, under the installation's key. */
  @PrimaryColumn({ type: 'varchar', length: 43 })
  id!: string;

  /** Milliseconds since 1970. */
  @Column({ name: 'asked_at', type: 'bigint' })
  askedAt!: string;

  /** The revision of the settings that were in force; 0 where it does not matter. */
  @Column({ type: 'integer' })
  revision!: number;

  /** What was learned from the answer, as JSON; null if nothing was. Holds no secret, code or token. */
  @Column({ type: 'text', nullable: true })
  answer!: string | null;
}
