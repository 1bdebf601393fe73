import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import type { MooringRequest } from '../access/access.decorators.js';
import { openIfPossible } from '../common/crypto/sealed-value.js';
import { changedARow } from '../common/persistence/conditional-write.js';
import { Clock } from '../common/runtime/clock.js';
import { Installation } from '../settings/installation.js';
import { NO_NOTE, Session } from './session.entity.js';
import { SessionsService } from './sessions.service.js';

/** A note as it was read: its text, and its sealed form, by which it is changed only if nobody else has changed it. */
export interface SessionNote {
  readonly sessionId: string;
  readonly text: string;
  readonly sealed: string;
}

/**
 * One sealed text in the row of a session with a user: what this browser has begun, and nobody else may see. It ends with the
 * session, and is dropped once it is out of date: when the next note is written, or anybody logs in, on any replica.
 */
@Injectable()
export class SessionNotes {
  constructor(
    @InjectRepository(Session) private readonly rows: Repository<Session>,
    private readonly sessions: SessionsService,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  /** The id of the session by which the caller of this request is known; null if it is none, as with a password in each request. */
  async sessionOf(request: MooringRequest): Promise<string | null> {
    const { principal } = request;
    if (principal?.kind !== 'user') return null;
    const session = await this.sessions.present(request);
    return session?.userId === principal.userId ? session.id : null;
  }

  /** The note of the browser's session; null if there is none, or it can't be decrypted any more. */
  async of(request: MooringRequest): Promise<SessionNote | null> {
    const sessionId = await this.sessionOf(request);
    if (sessionId === null) return null;
    const row = await this.rows.findOne({ where: { id: sessionId }, select: { id: true, sealedNote: true } });
    if (!row?.sealedNote) return null;
    const text = openIfPossible(this.installation.cipher, row.sealedNote, contextOf(sessionId));
    return text === null ? null : { sessionId, text, sealed: row.sealedNote };
  }

  /** Writes the note of a session until a time, in place of the former one. False if the session has ended. */
  async write(sessionId: string, text: string, expiresAt: Date): Promise<boolean> {
    await this.rows.update({ noteExpiresAt: LessThan(this.clock.now()) }, NO_NOTE);
    const note = { sealedNote: this.sealed(sessionId, text), noteExpiresAt: expiresAt };
    return changedARow(await this.rows.update({ id: sessionId }, note));
  }

  /**
   * Writes another text in place of a note, until another time if one is given. Null if it was changed or taken meanwhile, or
   * the session has ended.
   */
  async replace(
    { sessionId, sealed: before }: SessionNote,
    text: string,
    noteExpiresAt?: Date,
  ): Promise<SessionNote | null> {
    const sealed = this.sealed(sessionId, text);
    const note = { sealedNote: sealed, ...(noteExpiresAt && { noteExpiresAt }) };
    const isReplaced = changedARow(await this.rows.update({ id: sessionId, sealedNote: before }, note));
    return isReplaced ? { sessionId, text, sealed } : null;
  }

  /** Removes a note. Of two concurrent calls, one gets false. */
  async take({ sessionId, sealed }: SessionNote): Promise<boolean> {
    return changedARow(await this.rows.update({ id: sessionId, sealedNote: sealed }, NO_NOTE));
  }

  private sealed(sessionId: string, text: string): string {
    return this.installation.cipher.seal(text, contextOf(sessionId));
  }
}

function contextOf(sessionId: string) {
  return { table: 'sessions', column: 'sealed_note', row: sessionId };
}
