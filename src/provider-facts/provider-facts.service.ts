import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { changedARow, isDuplicate } from '../common/persistence/conditional-write.js';
import { RELAXED_DURABILITY } from '../common/persistence/relaxed-durability.js';
import { ProviderFacts, SecretMethod } from './provider-facts.entity.js';

/** How long after a refresh the provider counts as refreshing, in milliseconds, unless it refreshes another grant sooner. */
const LONGEST_GAP_MS = 3_600_000;
/** The shortest time between two notes, in milliseconds: many grants may be refreshed at once. */
const SHORTEST_GAP_MS = 10_000;
/** While the remembered method of client authentication is refused, the other one is tried once in this time. */
const OTHER_TRY_PAUSE_MS = 600_000;
/** After so many people got no refresh token under one revision of the settings, nobody else is asked for consent. */
export const MOST_WITHOUT_REFRESH_TOKEN = 3;
const MOST_TRIES = 5;
const OTHER_METHOD = '(client_authentication IS NULL OR client_authentication <> :method)';

/** A grant whose owner logged out at the provider. */
export interface LoggedOutGrant {
  readonly userId: string;
  readonly isOffline: boolean;
}

/** What all replicas have learned about the provider; the only writer of its table. */
@Injectable()
export class ProviderFactsService {
  /** The last note of this process: most refreshes then cost no statement. */
  private noted = { client: '', at: 0 };

  constructor(@InjectRepository(ProviderFacts) private readonly facts: Repository<ProviderFacts>) {}

  /** What is known of the provider of a client; null: nothing. */
  of(client: string): Promise<ProviderFacts | null> {
    return this.facts.findOneBy({ client });
  }

  /** Notes that the provider refreshed a grant of this client. */
  async noteRefreshed(client: string, at: Date): Promise<void> {
    const now = at.getTime();
    if (this.noted.client === client && Math.abs(now - this.noted.at) < SHORTEST_GAP_MS) return;
    if (this.noted.client !== client) await this.ensure(client);
    this.noted = { client, at: now };
    const gap = `CASE WHEN :now - refreshed_at > ${LONGEST_GAP_MS} THEN ${LONGEST_GAP_MS} ELSE :now - refreshed_at END`;
    // `refreshing_ms` comes first: MySQL reads a column that is assigned further left with its new value.
    await this.facts
      .createQueryBuilder()
      .update()
      .set({ refreshingMs: () => `refreshing_ms + COALESCE(${gap}, 0)`, refreshedAt: () => ':now' })
      .where({ client })
      .andWhere('(refreshed_at IS NULL OR refreshed_at <= :latest)')
      .setParameters({ now, latest: now - SHORTEST_GAP_MS })
      .comment(RELAXED_DURABILITY)
      .execute();
  }

  /** The method of client authentication that was accepted last under a revision of the settings; null if none is known. */
  async clientAuthentication(client: string, revision: number): Promise<SecretMethod | null> {
    return (await this.facts.findOneBy({ client, revision }))?.clientAuthentication ?? null;
  }

  /**
   * Notes that the provider accepted a method of client authentication under a revision of the settings. What was learned
   * under an older revision is forgotten; a note under an older revision than the stored one changes nothing.
   */
  async noteClientAuthentication(client: string, revision: number, method: SecretMethod): Promise<void> {
    await this.ensure(client);
    await this.facts
      .createQueryBuilder()
      .update()
      .set({
        revision: () => ':revision',
        clientAuthentication: () => ':method',
        otherTriedAt: null,
      })
      .where({ client })
      .andWhere(`(revision IS NULL OR revision < :revision OR (revision = :revision AND ${OTHER_METHOD}))`)
      .setParameters({ revision, method })
      .execute();
  }

  /**
   * Whether the other method of client authentication may be tried now, because the remembered one is refused: once in ten
   * minutes over all replicas.
   */
  async takeOtherTry(client: string, revision: number, at: Date): Promise<boolean> {
    const now = at.getTime();
    const taken = await this.facts
      .createQueryBuilder()
      .update()
      .set({ otherTriedAt: String(now) })
      .where({ client, revision })
      // A clock that was set back must not prolong the pause.
      .andWhere('(other_tried_at IS NULL OR other_tried_at <= :latest OR other_tried_at > :now)')
      .setParameters({ now, latest: now - OTHER_TRY_PAUSE_MS })
      .execute();
    return changedARow(taken);
  }

  /** How many people were asked for consent under a revision of the settings and got no refresh token; three at most. */
  async countWithoutRefreshToken(client: string, revision: number): Promise<number> {
    const facts = await this.of(client);
    return facts ? peopleUnder(facts, revision).length : 0;
  }

  /**
   * Notes that a person got no refresh token under a revision of the settings: each counts once. Who was noted under an older
   * revision is forgotten; a note under an older revision than the stored one changes nothing.
   */
  async noteWithoutRefreshToken(client: string, revision: number, userId: string): Promise<void> {
    await this.ensure(client);
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const facts = await this.facts.findOneByOrFail({ client });
      const people = peopleUnder(facts, revision);
      if (people.includes(userId) || people.length >= MOST_WITHOUT_REFRESH_TOKEN) return;
      if ((facts.withoutTokenRevision ?? 0) > revision) return;
      if (await this.replacePeople(facts, revision, [...people, userId])) return;
    }
  }

  private async replacePeople(read: ProviderFacts, revision: number, people: readonly string[]): Promise<boolean> {
    const { client, withoutTokenRevision: noted, withoutRefreshToken: listed } = read;
    const unchanged = { withoutTokenRevision: noted ?? IsNull(), withoutRefreshToken: listed ?? IsNull() };
    const next = { withoutTokenRevision: revision, withoutRefreshToken: people.join(' ') };
    return changedARow(await this.facts.update({ client, ...unchanged }, next));
  }

  /** Notes that a grant ended with a logout at the provider. Only the first of its kind is kept: whether this is it. */
  async noteEndedByLogout(client: string, { userId, isOffline }: LoggedOutGrant): Promise<boolean> {
    await this.ensure(client);
    const column = columnOf(isOffline);
    return changedARow(await this.facts.update({ client, [column]: IsNull() }, { [column]: userId }));
  }

  /** Takes such a note back, if it came from this grant. */
  async forgetEndedByLogout(client: string, { userId, isOffline }: LoggedOutGrant): Promise<void> {
    const column = columnOf(isOffline);
    await this.facts.update({ client, [column]: userId }, { [column]: null });
  }

  /** Whether grants of this kind were seen to end with a logout at the provider; where offline ones do, the others do too. */
  async endsByLogout(client: string, isOffline: boolean): Promise<boolean> {
    const facts = await this.of(client);
    if (!facts) return false;
    return facts.offlineEndedByLogout !== null || (!isOffline && facts.endedByLogout !== null);
  }

  /** Makes the row of a client, if there is none. */
  async ensure(client: string): Promise<void> {
    if (await this.facts.existsBy({ client })) return;
    try {
      await this.facts.insert({ client });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }

  /** When the provider last refreshed a grant of this client, to ten seconds; null if never. */
  async lastRefresh(client: string): Promise<Date | null> {
    const refreshedAt = (await this.of(client))?.refreshedAt ?? null;
    return refreshedAt === null ? null : new Date(Number(refreshedAt));
  }

  /**
   * For how long the provider has refreshed grants of this client up to now, in milliseconds. Only differences between two
   * moments have a meaning: the time in between in which it refreshed grants. While it refreshes none the time stands still.
   */
  async refreshingTime(client: string, at: Date): Promise<number> {
    const facts = await this.of(client);
    if (!facts || facts.refreshedAt === null) return 0;
    const since = Math.max(0, at.getTime() - Number(facts.refreshedAt));
    return Number(facts.refreshingMs) + Math.min(LONGEST_GAP_MS, since);
  }
}

function peopleUnder({ withoutTokenRevision, withoutRefreshToken }: ProviderFacts, revision: number): string[] {
  return withoutTokenRevision === revision ? (withoutRefreshToken?.split(' ') ?? []) : [];
}

function columnOf(isOffline: boolean): 'offlineEndedByLogout' | 'endedByLogout' {
  return isOffline ? 'offlineEndedByLogout' : 'endedByLogout';
}
