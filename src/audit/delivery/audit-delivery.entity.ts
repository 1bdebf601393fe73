import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far a receiver of audit events has got; and, in the row `events`, how far events have got a number. */
@Entity('audit_deliveries')
export class AuditDeliveryRow {
  /** A receiver, or `events`. */
  @PrimaryColumn({ type: 'varchar', length: 16 })
  name!: string;

  /** The number of the last event that the receiver has taken; of `events`, the last number that was given. */
  @Column({ name: 'last_number', type: 'bigint' })
  lastNumber!: string;

  /** Of `events`: events with lower ids are older than the first delivery and get no number. */
  @Column({ name: 'first_id', type: 'varchar', length: 36, nullable: true })
  firstId!: string | null;

  /** Of `events`: the ids that get the last numbers, as JSON, while that is under way. */
  @Column({ type: 'text', nullable: true })
  numbering!: string | null;

  /** The process that delivers; a random id. */
  @Column({ name: 'lease_owner', type: 'varchar', length: 36, nullable: true })
  leaseOwner!: string | null;

  /** Until when it delivers at most, by the database's clock; milliseconds since 1970. */
  @Column({ name: 'lease_until_ms', type: 'bigint', nullable: true })
  leaseUntilMs!: string | null;

  /** How often the next events were not taken, one time after the other. */
  @Column({ type: 'integer' })
  failures!: number;

  /** When they are sent again, by the database's clock. */
  @Column({ name: 'retry_at_ms', type: 'bigint', nullable: true })
  retryAtMs!: string | null;

  /** How many events were never delivered. */
  @Column({ type: 'bigint' })
  lost!: string;
}
