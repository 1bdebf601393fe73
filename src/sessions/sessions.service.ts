import '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import type { FastifyRequest } from 'fastify';
import { DataSource, LessThan, Not, IsNull, Repository } from 'typeorm';
import { Cipher } from '../common/crypto/cipher.js';
import { clientAddressOf } from '../common/network/client-address.js';
import type { HttpExchange } from '../access/access.decorators.js';
import { Clock } from '../common/runtime/clock.js';
import { changedARow } from '../common/persistence/conditional-write.js';
import { newId } from '../common/persistence/ids.js';
import { SharedReads } from '../common/persistence/shared-reads.js';
import { randomBase62, sha256 } from '../common/crypto/random-text.js';
import { openIfPossible } from '../common/crypto/sealed-value.js';
import { browserCookie } from '../config/browser-cookie.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { NotFound } from '../common/errors/common.errors.js';
import { Installation } from '../settings/installation.js';
import { SettingsService } from '../settings/settings.service.js';
import { User } from '../users/index.js';
import { PresentedSession, readSessions } from './session.statements.js';
import {
  endedByCondition,
  LoggedOutMeanwhile,
  logoutMatching,
  ProviderLogout,
  ProviderSession,
} from '../provider-logouts/index.js';
import { LoginSession } from './login-session.model.js';
import { NO_NOTE, Session } from './session.entity.js';

/** Cuts forwarded addresses, because a trusted proxy may forward anything. */
const LONGEST_ADDRESS = 64;
const LONGEST_USER_AGENT = 255;
/** How long a pending onboarding can be completed. */
export const PENDING_SECONDS = 15 * 60;
const SEEN_EVERY_SECONDS = 60;
const TOKEN_CHARACTERS = 43;
const MOST_LISTED = 100;
const TOKEN_FORM = /^[0-9A-Za-z]{43}$/;

/** The stored text of a pending onboarding. */
export interface PendingText {
  readonly sessionId: string;
  readonly text: string;
  readonly expiresAt: Date;
}

type OriginColumns = Pick<Session, 'providerPerson' | 'providerSession' | 'loginBegunAt'>;

function columnsOf(origin: ProviderSession | null): OriginColumns {
  const { person = null, session = null, begunAt = null } = origin ?? {};
  return { providerPerson: person, providerSession: session, loginBegunAt: begunAt };
}

/**
 * Browser sessions. A session is a row that only a login inserts, so that no late answer can bring an ended session back.
 * The browser has a random token; the row has its hash.
 */
@Injectable()
export class SessionsService {
  private readonly byHash = new SharedReads((hashes) => readSessions(this.database, hashes));

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly installation: Installation,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Logs a user in: ends the browser's former session and gives it a new one.
   *
   * @param origin the session at the provider, for a login there
   * @returns the id of the session
   * @throws {LoggedOutMeanwhile} if the provider has reported a logout that ends it
   */
  async open(exchange: HttpExchange, user: User, origin: ProviderSession | null = null): Promise<string> {
    const id = newId();
    const owner = { userId: user.id, securityStamp: user.securityStamp, sealedOnboarding: null };
    await this.replace(exchange, id, { ...owner, ...columnsOf(origin) }, this.limits.maximum);
    return id;
  }

  /**
   * Stores the sealed text of a pending onboarding: for 15 minutes at most.
   *
   * @throws {LoggedOutMeanwhile} if the provider has reported a logout that ends the login
   */
  async openPending(exchange: HttpExchange, text: string, origin: ProviderSession): Promise<void> {
    const id = newId();
    const owner = {
      userId: null,
      securityStamp: null,
      sealedOnboarding: this.cipher.seal(text, this.sealingContext(id)),
    };
    await this.replace(exchange, id, { ...owner, ...columnsOf(origin) }, PENDING_SECONDS);
  }

  /**
   * Ends the sessions that a logout at the provider ends, pending onboardings included.
   *
   * @param userId the user of the logout, if there is one
   */
  async endLoggedOut(logout: ProviderLogout, userId: string | null): Promise<void> {
    const ofPerson = '(provider_person = :person OR user_id = :userId)';
    const ended = endedByCondition(logout, [ofPerson, { person: logout.person, userId }]);
    await this.sessions
      .createQueryBuilder()
      .delete()
      .where(...ended)
      .execute();
  }

  /** The pending onboarding of this browser, or null; also null if the text can't be decrypted any more. */
  async pending(request: FastifyRequest): Promise<PendingText | null> {
    const found = await this.present(request);
    if (!found || found.userId !== null) return null;
    const row = await this.sessions.findOneBy({ id: found.id });
    if (!row?.sealedOnboarding) return null;
    const text = openIfPossible(this.cipher, row.sealedOnboarding, this.sealingContext(row.id));
    return text === null ? null : { sessionId: row.id, text, expiresAt: row.expiresAt };
  }

  /** Consumes a pending onboarding. Of two concurrent calls, one gets false. */
  async takePending(sessionId: string): Promise<boolean> {
    const unused = { id: sessionId, sealedOnboarding: Not(IsNull()) };
    return changedARow(await this.sessions.update(unused, { sealedOnboarding: null }));
  }

  /** The session of the browser's cookie, with its user; undefined if it has ended or never existed. */
  async present(request: FastifyRequest): Promise<PresentedSession | undefined> {
    const token = this.tokenOf(request);
    const session = token && (await this.byHash.read(sha256(token)));
    if (!session) return undefined;
    await this.settings.catchUp(session.revision);
    return this.endOf(session) > this.clock.now() ? session : undefined;
  }

  /** The sessions of a user, newest first; `request` shows which of them is the current one. */
  async of(userId: string, request: FastifyRequest): Promise<LoginSession[]> {
    const current = await this.present(request);
    const rows = await this.sessions.find({
      where: { userId },
      relations: { user: true },
      order: { id: 'DESC' },
      take: MOST_LISTED,
    });
    const now = this.clock.now();
    return rows
      .filter((row) => row.securityStamp === row.user?.securityStamp && this.endOf(row) > now)
      .map((row) => ({ ...row, isCurrent: row.id === current?.id, expiresAt: this.endOf(row) }));
  }

  /** How many sessions a user has, or had, under a security stamp, without expired ones. */
  async countUnder(userId: string, securityStamp: string): Promise<number> {
    const rows = await this.sessions.findBy({ userId, securityStamp });
    return rows.filter((row) => this.endOf(row) > this.clock.now()).length;
  }

  /**
   * Ends one session of a user.
   *
   * @throws {NotFound} if the user has no such session
   */
  async endOne(userId: string, id: string): Promise<void> {
    if (!changedARow(await this.sessions.delete({ id, userId }))) throw new NotFound('session');
  }

  /**
   * Keeps the session of this request when its user gets a new security stamp. A session that has not the former stamp has
   * ended, and stays ended.
   */
  async keep(request: FastifyRequest, { id: userId, securityStamp }: User, stampBefore: string): Promise<void> {
    const token = this.tokenOf(request);
    const unended = { userId, securityStamp: stampBefore };
    if (token) await this.sessions.update({ tokenHash: sha256(token), ...unended }, { securityStamp });
  }

  /** Writes that a session is in use, at most once a minute. */
  async touch(session: PresentedSession): Promise<void> {
    const due = this.clock.secondsFromNow(-SEEN_EVERY_SECONDS);
    if (session.lastSeenAt > due) return;
    await this.sessions.update({ id: session.id, lastSeenAt: LessThan(due) }, { lastSeenAt: this.clock.now() });
  }

  /** Ends the browser's session, if it has one. */
  async end({ request, reply }: HttpExchange): Promise<void> {
    const token = this.tokenOf(request);
    if (token) await this.sessions.delete({ tokenHash: sha256(token) });
    reply.clearCookie(this.cookie.name, this.cookie.attributes);
  }

  private async replace(
    exchange: HttpExchange,
    id: string,
    owner: Pick<Session, 'userId' | 'securityStamp' | 'sealedOnboarding' | keyof OriginColumns>,
    seconds: number,
  ): Promise<void> {
    await this.end(exchange);
    const token = randomBase62(TOKEN_CHARACTERS);
    const now = this.clock.now();
    const expiresAt = this.clock.secondsFromNow(seconds);
    const remoteAddress = clientAddressOf(exchange.request)?.slice(0, LONGEST_ADDRESS) ?? null;
    const userAgent = exchange.request.headers['user-agent']?.slice(0, LONGEST_USER_AGENT) ?? null;
    const times = { createdAt: now, lastSeenAt: now, expiresAt };
    await this.sessions.insert({ id, tokenHash: sha256(token), ...owner, ...times, remoteAddress, userAgent });
    await this.refuseLoggedOut(id, owner);
    await this.sessions.delete({ expiresAt: LessThan(now) });
    await this.sessions.update({ noteExpiresAt: LessThan(now) }, NO_NOTE);
    exchange.reply.setCookie(this.cookie.name, token, this.cookie.attributes);
  }

  // After the insert: a logout that is stored later finds the row. Until the cookie is set, nobody has its token.
  private async refuseLoggedOut(id: string, origin: OriginColumns): Promise<void> {
    const { providerPerson: person, providerSession: session, loginBegunAt: begunAt } = origin;
    if (person === null || begunAt === null) return;
    const logouts = logoutMatching({ person, session, begunAt });
    const ended = this.sessions.createQueryBuilder().delete().where({ id });
    if (changedARow(await ended.andWhere(...logouts).execute())) throw new LoggedOutMeanwhile();
  }

  private get limits(): { idle: number; maximum: number } {
    const { sessionIdleMinutes, sessionMaximumMinutes } = this.settings.current().general;
    return { idle: sessionIdleMinutes * 60, maximum: sessionMaximumMinutes * 60 };
  }

  /** The limits in force apply, also to a session that began under longer ones. */
  private endOf({ createdAt, lastSeenAt, expiresAt }: Pick<Session, 'createdAt' | 'lastSeenAt' | 'expiresAt'>): Date {
    const { idle, maximum } = this.limits;
    const ends = [lastSeenAt.getTime() + idle * 1000, createdAt.getTime() + maximum * 1000, expiresAt.getTime()];
    return new Date(Math.min(...ends));
  }

  private tokenOf(request: FastifyRequest): string | undefined {
    const token = request.cookies[this.cookie.name];
    return token && TOKEN_FORM.test(token) ? token : undefined;
  }

  private get cipher(): Cipher {
    return this.installation.cipher;
  }

  private sealingContext(id: string) {
    return { table: 'sessions', column: 'sealed_onboarding', row: id };
  }

  private get cookie() {
    return browserCookie(this.environment, 'mooring');
  }
}
