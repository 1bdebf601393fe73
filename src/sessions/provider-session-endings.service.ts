import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Session } from './session.entity.js';

/** The sessions that were ended. */
export interface EndedSessions {
  /** Their user; null if only onboardings were pending. */
  readonly userId: string | null;
}

/** Ends the sessions that came from one session at the provider. */
@Injectable()
export class ProviderSessionEndings {
  constructor(@InjectRepository(Session) private readonly sessions: Repository<Session>) {}

  /**
   * Ends them, pending onboardings included. Where there are none nothing is written: strangers may ask this.
   *
   * @param digest the digest of the provider's session id
   * @returns null if there were none
   */
  async end(digest: string): Promise<EndedSessions | null> {
    const rows = await this.sessions.find({ where: { providerSession: digest }, select: { id: true, userId: true } });
    if (rows.length === 0) return null;
    await this.sessions.delete({ providerSession: digest });
    return { userId: rows.find(({ userId }) => userId !== null)?.userId ?? null };
  }
}
