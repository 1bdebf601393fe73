import '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import type { FastifyRequest } from 'fastify';
import { DataSource, LessThan, Not, IsNull, Repository } from 'typeorm';
import { Cipher } from '../common/cipher.js';
import type { HttpExchange } from '../common/access.decorators.js';
import { Clock } from '../common/clock.js';
import { won } from '../common/conditional-write.js';
import { newId } from '../common/ids.js';
import { randomBase62, sha256 } from '../common/random-text.js';
import { browserCookie } from '../config/browser-cookie.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { Installation } from '../settings/installation.js';
import { User } from '../users/user.entity.js';
import { PresentedSession, readSession } from './access.statements.js';
import { Session } from './session.entity.js';

const IDLE_SECONDS = 60 * 60;
const MAXIMUM_SECONDS = 12 * 60 * 60;
const PENDING_SECONDS = 15 * 60;
const SEEN_EVERY_SECONDS = 60;
const TOKEN_CHARACTERS = 43;
const TOKEN_FORM = /^[0-9A-Za-z]{43}$/;

/** What waits in a browser's session for a user name. */
export interface PendingText {
  readonly sessionId: string;
  readonly text: string;
  readonly expiresAt: Date;
}

/**
 * Being logged in by browser. A session is a row, inserted once at a login and never by anything else, so that a late
 * answer can't bring an ended one back; the browser holds a random token of which the row has the hash.
 */
@Injectable()
export class SessionsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  /** Logs a user in: ends whatever session the browser had and gives it a new one. */
  async open(exchange: HttpExchange, user: User): Promise<void> {
    const owner = { userId: user.id, securityStamp: user.securityStamp, sealedOnboarding: null };
    await this.replace(exchange, newId(), owner, MAXIMUM_SECONDS);
  }

  /** Keeps a text, sealed, until its owner has chosen a user name: 15 minutes at most. */
  async openPending(exchange: HttpExchange, text: string): Promise<void> {
    const id = newId();
    const sealedOnboarding = this.cipher.seal(text, this.placeOf(id));
    await this.replace(exchange, id, { userId: null, securityStamp: null, sealedOnboarding }, PENDING_SECONDS);
  }

  /** What waits for a user name in this browser, or null. */
  async pending(request: FastifyRequest): Promise<PendingText | null> {
    const found = await this.present(request);
    if (!found || found.userId !== null) return null;
    const row = await this.sessions.findOneBy({ id: found.id });
    if (!row?.sealedOnboarding) return null;
    const text = this.cipher.open(row.sealedOnboarding, this.placeOf(row.id));
    return { sessionId: row.id, text, expiresAt: row.expiresAt };
  }

  /** Uses up what waits for a user name. Of two at once one gets false. */
  async takePending(sessionId: string): Promise<boolean> {
    const unused = { id: sessionId, sealedOnboarding: Not(IsNull()) };
    return won(await this.sessions.update(unused, { sealedOnboarding: null }));
  }

  /** The session that the browser's cookie names, with its user; undefined where it has ended or never was. */
  async present(request: FastifyRequest): Promise<PresentedSession | undefined> {
    const token = this.tokenOf(request);
    const session = token && (await readSession(this.database, sha256(token)));
    if (!session) return undefined;
    const now = this.clock.now();
    const idleUntil = session.lastSeenAt.getTime() + IDLE_SECONDS * 1000;
    return session.expiresAt > now && idleUntil > now.getTime() ? session : undefined;
  }

  /** Notes that a session is in use, at most once a minute. */
  async touch(session: PresentedSession): Promise<void> {
    const due = this.clock.secondsFromNow(-SEEN_EVERY_SECONDS);
    if (session.lastSeenAt > due) return;
    await this.sessions.update({ id: session.id, lastSeenAt: LessThan(due) }, { lastSeenAt: this.clock.now() });
  }

  /** Ends the browser's session, where it has one. */
  async end({ request, reply }: HttpExchange): Promise<void> {
    const token = this.tokenOf(request);
    if (token) await this.sessions.delete({ tokenHash: sha256(token) });
    reply.clearCookie(this.cookie.name, this.cookie.attributes);
  }

  private async replace(
    exchange: HttpExchange,
    id: string,
    owner: Pick<Session, 'userId' | 'securityStamp' | 'sealedOnboarding'>,
    seconds: number,
  ): Promise<void> {
    await this.end(exchange);
    const token = randomBase62(TOKEN_CHARACTERS);
    const now = this.clock.now();
    const expiresAt = this.clock.secondsFromNow(seconds);
    await this.sessions.insert({ id, tokenHash: sha256(token), ...owner, createdAt: now, lastSeenAt: now, expiresAt });
    await this.sessions.delete({ expiresAt: LessThan(now) });
    exchange.reply.setCookie(this.cookie.name, token, this.cookie.attributes);
  }

  private tokenOf(request: FastifyRequest): string | undefined {
    const token = request.cookies[this.cookie.name];
    return token && TOKEN_FORM.test(token) ? token : undefined;
  }

  private get cipher(): Cipher {
    return this.installation.cipher;
  }

  private placeOf(id: string) {
    return { table: 'sessions', column: 'sealed_onboarding', row: id };
  }

  private get cookie() {
    return browserCookie(this.environment, 'mooring');
  }
}
