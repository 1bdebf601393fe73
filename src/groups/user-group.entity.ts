import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A group that a grant or an access rule names, with an id for the API. Names are compared byte by byte. */
@Entity('user_groups')
@Index('user_groups_name', ['name'], { unique: true })
export class UserGroup {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 255 })
  name!: string;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt!: Date;
}
