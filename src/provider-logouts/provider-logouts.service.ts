import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, ObjectLiteral, Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { isDuplicate } from '../common/persistence/conditional-write.js';
import { ProviderLogout } from './provider-logout.entity.js';
import { ProviderSession } from './provider-session.js';
import { LoggedOutMeanwhile } from './provider-logouts.errors.js';

/** Longer than a login can be under way: ten minutes at the provider, and fifteen until a name is chosen. */
const REMEMBERED_SECONDS = 30 * 60;

// A session of the provider never comes back. A logout of a person as a whole, or of a session that the login does not
// know by name, ends what was begun before it: whoever has logged out may log in again.
const NAMES_ORIGIN = `(b.provider_session = :session OR
  (b.provider_person = :person AND b.received_at >= :begunAt AND (b.provider_session IS NULL OR :session IS NULL)))`;

/** A condition for one statement, in SQL, with its parameters. */
export type Condition = readonly [sql: string, parameters: ObjectLiteral];

/** That a logout is known which ends a login of this origin. */
export function logoutMatching({ person, session, begunAt }: ProviderSession): Condition {
  return [`EXISTS (SELECT 1 FROM backchannel_logouts b WHERE ${NAMES_ORIGIN})`, { person, session, begunAt }];
}

/**
 * The same seen from the other side: that a row, which knows where its login came from, is ended by this logout.
 *
 * @param ofPerson what tells in SQL that the row is of the person whom the logout names, with the parameters it needs
 */
export function endedByCondition({ session, receivedAt }: ProviderLogout, [ofPerson, whose]: Condition): Condition {
  const isBefore = '(login_begun_at IS NULL OR login_begun_at <= :receivedAt)';
  const mayBeOfSession = '(:session IS NULL OR provider_session IS NULL)';
  const sql = `(provider_session = :session OR (${ofPerson} AND ${isBefore} AND ${mayBeOfSession}))`;
  return [sql, { ...whose, session, receivedAt }];
}

/**
 * The logouts at the provider that were told of lately. One is noted before anything is ended by it, and a login asks after
 * it has written: so of the two that meet one sees the other, on whatever replica.
 */
@Injectable()
export class ProviderLogouts {
  constructor(
    @InjectRepository(ProviderLogout) private readonly rows: Repository<ProviderLogout>,
    private readonly clock: Clock,
  ) {}

  /**
   * Notes a logout, once: told of again, it is the one that was noted first.
   *
   * @param lastsUntil how long the same may be told of again
   */
  async note(told: Pick<ProviderLogout, 'id' | 'session' | 'person'>, lastsUntil: Date): Promise<ProviderLogout> {
    const remembered = this.clock.secondsFromNow(REMEMBERED_SECONDS);
    const expiresAt = lastsUntil > remembered ? lastsUntil : remembered;
    const logout = { ...told, receivedAt: this.clock.now(), expiresAt };
    try {
      await this.rows.insert(logout);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return this.rows.findOneByOrFail({ id: told.id });
    }
    await this.rows.delete({ expiresAt: LessThan(this.clock.now()) });
    return logout;
  }

  /**
   * Refuses to go on with a login that a logout has ended.
   *
   * @throws {LoggedOutMeanwhile}
   */
  async refuseEnded({ person, session, begunAt }: ProviderSession): Promise<void> {
    const query = this.rows.createQueryBuilder('b').where(NAMES_ORIGIN, { person, session, begunAt });
    if (await query.getExists()) throw new LoggedOutMeanwhile();
  }
}
