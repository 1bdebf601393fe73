import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { User } from '../user.entity.js';

/** A word of a user's names or address. It counts unless the user's words are due (`User.wordsDue`). */
@Entity('user_words', { withoutRowid: true })
@Index('user_words_user', ['userId'])
export class UserWord {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  word!: string;

  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'user_words_of_user' })
  user?: User;
}

/** Which process brings the words of users up to date: one row. */
@Entity('user_word_indexings')
export class WordIndexing {
  @PrimaryColumn({ type: 'integer' })
  id!: number;

  /** A random id of the process; null before the first time. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  owner!: string | null;

  /** Until when it works at most, by the database's clock; milliseconds since 1970. */
  @Column({ name: 'held_until', type: 'bigint', default: 0 })
  heldUntil!: string;
}
