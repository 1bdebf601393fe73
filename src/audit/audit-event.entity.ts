import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { AuditActorKind, AuditOutcome } from './audit-event.js';

/** An action of a known user, or what strangers tried within a minute. It has no foreign keys, so that it outlives its target. */
@Entity('audit_events')
@Index('audit_events_sum', ['sumKey'], { unique: true })
@Index('audit_events_actor', ['actorId', 'id'])
@Index('audit_events_target', ['targetId', 'id'])
@Index('audit_events_time', ['at'])
@Index('audit_events_delivery', ['deliveryNumber', 'id'])
export class AuditEventRow {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ name: 'happened_at', type: 'datetime', precision: 3 })
  at!: Date;

  @Column({ name: 'actor_kind', type: 'varchar', length: 16 })
  actorKind!: AuditActorKind;

  @Column({ name: 'actor_id', type: 'varchar', length: 36, nullable: true })
  actorId!: string | null;

  @Column({ name: 'actor_label', type: 'varchar', length: 255, nullable: true })
  actorLabel!: string | null;

  @Column({ name: 'event_action', type: 'varchar', length: 64 })
  action!: string;

  @Column({ name: 'target_type', type: 'varchar', length: 32, nullable: true })
  targetType!: string | null;

  @Column({ name: 'target_id', type: 'varchar', length: 36, nullable: true })
  targetId!: string | null;

  @Column({ name: 'target_label', type: 'varchar', length: 255, nullable: true })
  targetLabel!: string | null;

  @Column({ type: 'varchar', length: 16 })
  outcome!: AuditOutcome;

  @Column({ name: 'event_count', type: 'integer' })
  count!: number;

  @Column({ type: 'varchar', length: 64, nullable: true })
  reason!: string | null;

  /** What was wrong, beyond the reason; from a fixed vocabulary, or a provider's words in quotation marks. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  detail!: string | null;

  /** What the action changed, as JSON; null if that is not told. */
  @Column({ name: 'field_changes', type: 'text', nullable: true })
  changes!: string | null;

  @Column({ name: 'remote_address', type: 'varchar', length: 64, nullable: true })
  remoteAddress!: string | null;

  @Column({ name: 'request_id', type: 'varchar', length: 64, nullable: true })
  requestId!: string | null;

  /** The same for all events that are counted in this row; null for an action of a known user. */
  @Column({ name: 'sum_key', type: 'varchar', length: 64, nullable: true })
  sumKey!: string | null;

  /** Its place in the order of delivery (`delivery/event-numbers.ts`); null if it has none yet. */
  @Column({ name: 'delivery_number', type: 'bigint', nullable: true })
  deliveryNumber!: string | null;
}
