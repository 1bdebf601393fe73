import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One of the places for refreshes that may run at the same time, over all replicas, when the provider answers again. */
@Entity('refresh_slots')
export class RefreshSlot {
  @PrimaryColumn({ type: 'integer' })
  slot!: number;

  /** Who holds it; a random id. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  owner!: string | null;

  /** Until when it is held at most, by the database's clock; milliseconds since 1970. */
  @Column({ name: 'held_until', type: 'bigint', nullable: true })
  heldUntil!: string | null;
}
