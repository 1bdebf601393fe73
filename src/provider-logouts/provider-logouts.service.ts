import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, ObjectLiteral, Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { isDuplicate } from '../common/persistence/conditional-write.js';
import { ProviderLogout } from './provider-logout.entity.js';
import { ProviderSession } from './provider-session.js';
import { LoggedOutMeanwhile } from './provider-logouts.errors.js';

/** Longer than a login can take: ten minutes at the provider, and fifteen until a user name is chosen. */
const REMEMBERED_SECONDS = 30 * 60;

// A session at the provider never comes back. A logout of all sessions, or of a session that the login does not know, ends
// logins that began before it: the user may log in again afterwards.
const NAMES_ORIGIN = `(b.provider_session = :session OR
  (b.provider_person = :person AND b.received_at >= :begunAt AND (b.provider_session IS NULL OR :session IS NULL)))`;

/** A condition for one statement, in SQL, with its parameters. */
export type Condition = readonly [sql: string, parameters: ObjectLiteral];

/** That a stored logout ends a login from this session at the provider. */
export function logoutMatching({ person, session, begunAt }: ProviderSession): Condition {
  return [`EXISTS (SELECT 1 FROM backchannel_logouts b WHERE ${NAMES_ORIGIN})`, { person, session, begunAt }];
}

/**
 * The same from the other side: that this logout ends the login of a row.
 *
 * @param ofPerson the condition in SQL that the row belongs to the user of the logout, with its parameters
 */
export function endedByCondition({ session, receivedAt }: ProviderLogout, [ofPerson, whose]: Condition): Condition {
  const isBefore = '(login_begun_at IS NULL OR login_begun_at <= :receivedAt)';
  const mayBeOfSession = '(:session IS NULL OR provider_session IS NULL)';
  const sql = `(provider_session = :session OR (${ofPerson} AND ${isBefore} AND ${mayBeOfSession}))`;
  return [sql, { ...whose, session, receivedAt }];
}

/**
 * Stores logouts that the provider reported. A logout is stored before it ends anything, and a login looks for one after it
 * has written its rows: when the two race, one of them always sees the other, on any replica.
 */
@Injectable()
export class ProviderLogouts {
  constructor(
    @InjectRepository(ProviderLogout) private readonly rows: Repository<ProviderLogout>,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores a logout once; if it is reported again, the answer is the first one.
   *
   * @param lastsUntil until when the same logout may be reported again
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
   * Refuses a login that a logout has ended.
   *
   * @throws {LoggedOutMeanwhile} if it has
   */
  async refuseEnded({ person, session, begunAt }: ProviderSession): Promise<void> {
    const query = this.rows.createQueryBuilder('b').where(NAMES_ORIGIN, { person, session, begunAt });
    if (await query.getExists()) throw new LoggedOutMeanwhile();
  }
}
