import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { FindOptionsWhere, LessThanOrEqual, MoreThan, Not, Repository } from 'typeorm';
import { BadUserInput, RateLimited } from '../../common/errors/common.errors.js';
import { changedARow, isDuplicate } from '../../common/persistence/conditional-write.js';
import { newId } from '../../common/persistence/ids.js';
import { Clock } from '../../common/runtime/clock.js';
import { messageFor, problemOfForm, storedForm } from '../names/username.js';
import { IdentityRequest } from './identity-request.entity.js';
import type { Identity } from './identity-plan.js';

/** How long a request can be approved. The same request again begins a new time. */
const LIFE_SECONDS = 7 * 86_400;
/** Requests of all identities together. */
const MOST_REQUESTS = 1000;
/** With this many, people who only wait are no longer listed, so that there is room for requests. */
const MOST_WAITING = 500;
const MOST_LISTED = 100;
const LONGEST_TEXT = 255;
const FULL_SECONDS = 3600;

/** A person who asks, as the provider vouches for them. */
export interface Asker extends Identity {
  readonly email: string | null;
  readonly realName: string | null;
  /** The user name that the provider sent. */
  readonly claimedName: string | null;
}

const NOT_KNOWN =
  'NOT EXISTS (SELECT 1 FROM users u WHERE u.issuer = r.issuer AND u.subject = r.subject AND u.deleted_at IS NULL)';

/** The requests of people who log in under a new identity for an account that is theirs. Owns their table; decides nothing. */
@Injectable()
export class IdentityRequests {
  constructor(
    @InjectRepository(IdentityRequest) private readonly rows: Repository<IdentityRequest>,
    private readonly clock: Clock,
  ) {}

  /**
   * Refuses a user name that nobody can have.
   *
   * @throws {BadUserInput}
   */
  demandPossible(username: string): void {
    const problem = problemOfForm(username);
    if (problem) throw BadUserInput.field('username', problem, messageFor(problem));
  }

  /**
   * Stores a request for a week, in place of an earlier one of this identity. Whether somebody has the name is not asked, so
   * that neither the answer nor its time tells.
   *
   * @throws {BadUserInput} if nobody can have such a name
   * @throws {RateLimited} while there are a thousand requests
   */
  async ask(asker: Asker, username: string): Promise<void> {
    this.demandPossible(username);
    const now = this.clock.now();
    await this.rows.delete({ expiresAt: LessThanOrEqual(now) });
    const request = this.requestOf(asker, username);
    if (await this.replace(request)) return;
    if ((await this.rows.count()) >= MOST_REQUESTS) throw new RateLimited(FULL_SECONDS);
    try {
      await this.rows.insert({ ...request, createdAt: now });
    } catch (error) {
      // The same person asked in another tab.
      if (!isDuplicate(error)) throw error;
      await this.replace(request);
    }
  }

  /**
   * Notes that a person waits for a user name, and has asked for no account yet: an administrator can give them one all the
   * same. An earlier request stays as it is.
   *
   * @param seconds how long the person waits at most
   */
  async noteWaiting(asker: Asker, seconds: number): Promise<void> {
    const now = this.clock.now();
    await this.rows.delete({ expiresAt: LessThanOrEqual(now) });
    if ((await this.rows.count()) >= MOST_WAITING) return;
    const expiresAt = this.clock.secondsFromNow(seconds);
    try {
      await this.rows.insert({ ...this.requestOf(asker, ''), createdAt: now, expiresAt });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }

  /** The request of an identity, or null. */
  of({ issuer, subject }: Identity): Promise<IdentityRequest | null> {
    const ofAccount = { wantedName: Not(''), expiresAt: MoreThan(this.clock.now()) };
    return this.rows.findOneBy({ issuer, subject, ...ofAccount });
  }

  /**
   * The identities of this issuer that have no account, at most a hundred: first those that ask for one, oldest first, so that
   * nobody hides them by waiting.
   */
  async list(issuer: string): Promise<IdentityRequest[]> {
    const asking = await this.open({ issuer, wantedName: Not('') }, MOST_LISTED);
    if (asking.length === MOST_LISTED) return asking;
    return [...asking, ...(await this.open({ issuer, wantedName: '' }, MOST_LISTED - asking.length))];
  }

  /**
   * Consumes a request as it was shown. Of several concurrent calls, one gets true.
   *
   * @param identity whose request it has to be
   */
  async take(id: string, { issuer, subject }: Identity): Promise<boolean> {
    return changedARow(await this.rows.delete({ id, issuer, subject, expiresAt: MoreThan(this.clock.now()) }));
  }

  /**
   * Consumes any request, as {@link take} does.
   *
   * @returns whose it was; null if it was decided, replaced or has expired
   */
  async takeAny(id: string): Promise<Identity | null> {
    const request = await this.rows.findOneBy({ id });
    return request && (await this.take(id, request)) ? request : null;
  }

  /** Removes the request of an identity that has an account now. */
  async withdraw({ issuer, subject }: Identity): Promise<void> {
    await this.rows.delete({ issuer, subject });
  }

  private open(which: FindOptionsWhere<IdentityRequest>, most: number): Promise<IdentityRequest[]> {
    const open = this.rows.createQueryBuilder('r').where({ ...which, expiresAt: MoreThan(this.clock.now()) });
    return open.andWhere(NOT_KNOWN).orderBy('r.created_at').addOrderBy('r.id').limit(most).getMany();
  }

  private requestOf({ issuer, subject, ...said }: Asker, username: string) {
    const [email, realName, claimedName] = [said.email, said.realName, said.claimedName].map(shortened);
    const told = { email: email ?? null, realName: realName ?? null, claimedName: claimedName ?? null };
    const expiresAt = this.clock.secondsFromNow(LIFE_SECONDS);
    return { id: newId(), issuer, subject, wantedName: storedForm(username), ...told, expiresAt };
  }

  private async replace({ issuer, subject, ...change }: ReturnType<IdentityRequests['requestOf']>): Promise<boolean> {
    return changedARow(await this.rows.update({ issuer, subject }, change));
  }
}

function shortened(text: string | null): string | null {
  return text === null ? null : [...text].slice(0, LONGEST_TEXT).join('');
}
