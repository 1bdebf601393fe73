import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { isDuplicate, isMissingValue } from '../../common/persistence/conditional-write.js';
import { changeInSteps, Step } from '../../common/persistence/stepped-change.js';
import { timestampText } from '../../common/persistence/stored-timestamp.js';
import { Clock } from '../../common/runtime/clock.js';
import { User } from '../user.entity.js';
import {
  CarriedUser,
  digestOf,
  Holder,
  Identity,
  IdentityMove,
  IdentityPlan,
  keyOf,
  planOf,
  stampBy,
} from './identity-plan.js';

const AT_ONCE = 200;

const CHANGE = {
  table: 'users',
  texts: ['id', 'oldIssuer', 'oldSubject', 'issuer', 'subject', 'stamp', 'moment'],
  values: {
    ...{ id: 's.id', issuer: 's.issuer', subject: 's.subject', security_stamp: 's.stamp', updated_at: 's.moment' },
    // Null, and refused, if the user has another identity by now or is deleted.
    ...{ username: 'c.username', folded_name: 'c.folded_name', created_at: 'c.created_at' },
    ...{ is_admin: 'FALSE', is_disabled: 'c.is_disabled' },
  },
  changes: ['issuer', 'subject', 'is_admin', 'security_stamp', 'updated_at'],
  stored: 'c.id = s.id AND c.issuer = s.oldIssuer AND c.subject = s.oldSubject AND c.deleted_at IS NULL',
} as const;

/** A user changed, or a new one came, between the plan and the change. */
export class UsersChangedMeanwhile extends Error {
  constructor() {
    super(
      'Users changed while the map was applied: somebody logged in for the first time, was removed, or has another identity. Nothing was changed. Run the command again.',
    );
  }
}

/** Gives users other identities: the same people at another provider, or under other subjects. */
@Injectable()
export class IdentityMoves {
  constructor(
    @InjectRepository(User) private readonly rows: Repository<User>,
    private readonly clock: Clock,
  ) {}

  /** What a map would do now. */
  async plan(moves: readonly IdentityMove[]): Promise<IdentityPlan> {
    const identities = new Map(moves.flatMap(({ from, to }) => [from, to]).map((one) => [keyOf(one), one]));
    return planOf(moves, await this.holdersOf([...identities.values()]));
  }

  /**
   * Gives the users of a plan their new identities and ends their sessions and direct roles. In one statement, so that a process that is
   * killed leaves all of it or nothing: in the first half of the steps nobody has an identity, so that people can swap.
   *
   * @param moves the whole map of the plan
   * @returns the time of the change
   * @throws {UsersChangedMeanwhile} if the plan no longer holds; nothing was changed
   */
  async apply(moves: readonly IdentityMove[], carried: readonly CarriedUser[]): Promise<Date> {
    const [digest, now] = [digestOf(moves), this.clock.now()];
    const moment = timestampText(now);
    const common = carried.map((one) => ({ ...storedOf(one), stamp: stampBy(digest, one.user.id, now), moment }));
    const steps: Step[] = [...common, ...common.map((one, index) => ({ ...one, ...carried[index]?.move.to }))];
    try {
      await changeInSteps(this.rows.manager.connection, CHANGE, steps);
      return now;
    } catch (error) {
      throw isDuplicate(error) || isMissingValue(error) ? new UsersChangedMeanwhile() : error;
    }
  }

  private async holdersOf(identities: readonly Identity[]): Promise<ReadonlyMap<string, Holder>> {
    const holders = new Map<string, Holder>();
    for (let begin = 0; begin < identities.length; begin += AT_ONCE) {
      const where = identities.slice(begin, begin + AT_ONCE).map(({ issuer, subject }) => ({ issuer, subject }));
      for (const user of await this.rows.findBy(where)) holders.set(keyOf(user as Identity), user);
    }
    return holders;
  }
}

function storedOf({ user, move: { from } }: CarriedUser): Step {
  return { id: user.id, oldIssuer: from.issuer, oldSubject: from.subject };
}
