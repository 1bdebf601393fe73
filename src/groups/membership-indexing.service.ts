import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { ServiceUnavailable } from '../common/errors/common.errors.js';
import { yieldToEventLoop } from '../common/runtime/event-loop.js';
import { groupNamesOf } from '../grants/index.js';
import { readIndexingEnd, readUnindexed } from './groups.statements.js';
import { MembershipsService } from './memberships.service.js';

/** How many users with a grant are looked at in one statement. */
const SLICE = 1_000;
/** Between two slices, in milliseconds, unless somebody waits for the index. */
const PAUSE_MS = 20;
/** After a failure, in milliseconds. */
const RETRY_MS = 1_000;
/** How long a list waits for the index, in milliseconds. */
const LONGEST_WAIT_MS = 8_000;

/**
 * Completes the index of memberships after the start, in the background and in small steps: what a crash left unwritten, or
 * all of it where the index has to be made again. The server is ready meanwhile; only lists that read the index wait for it.
 */
@Injectable()
export class MembershipIndexing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(MembershipIndexing.name);
  private readonly stop = new AbortController();
  private done: Promise<void> = Promise.resolve();
  private isWhole = false;
  private waiting = 0;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly memberships: MembershipsService,
  ) {}

  onApplicationBootstrap(): void {
    this.done = this.complete();
  }

  /** Stops; the next start goes on. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.done;
  }

  /**
   * Waits until every user who had a grant at the start is indexed.
   *
   * @throws {ServiceUnavailable} if that takes longer than eight seconds: the list would leave members out
   */
  async whole(): Promise<void> {
    if (this.isWhole) return;
    const patience = new AbortController();
    const tooLong = sleep(LONGEST_WAIT_MS, undefined, { signal: patience.signal, ref: false }).catch(() => undefined);
    this.waiting++;
    await Promise.race([this.done, tooLong]).finally(() => {
      this.waiting--;
      patience.abort();
    });
    if (!this.isWhole) throw new ServiceUnavailable({ detail: 'MEMBERSHIPS_NOT_INDEXED', cause: undefined });
  }

  /** Sees to it that one user is indexed, so that each of their groups has its row; waits for nobody else. */
  async wholeFor(userId: string): Promise<void> {
    if (!this.isWhole) await this.memberships.indexFromGrant(userId);
  }

  private async complete(): Promise<void> {
    let begin: string | null = '';
    while (begin !== null && !this.stop.signal.aborted) {
      const slice: string = begin;
      begin = await this.indexAfter(slice).catch((error: unknown) => this.retryFrom(slice, error));
      await this.pause(PAUSE_MS);
    }
    this.isWhole = begin === null;
  }

  /** Indexes the users of one slice. Returns where the next one begins; null if there is none. */
  private async indexAfter(begin: string): Promise<string | null> {
    const end = await readIndexingEnd(this.database, begin, SLICE);
    await yieldToEventLoop();
    for (const grant of await readUnindexed(this.database, begin, end)) {
      if (this.stop.signal.aborted) return begin;
      await this.memberships.index(grant.userId, grant.version, groupNamesOf(grant));
      await yieldToEventLoop();
    }
    return end;
  }

  private async retryFrom(begin: string, error: unknown): Promise<string> {
    if (this.stop.signal.aborted) return begin;
    this.logger.warn({ error: (error as Error).message }, 'The members of groups could not be indexed; trying again.');
    await sleep(RETRY_MS, undefined, { signal: this.stop.signal, ref: false }).catch(() => undefined);
    return begin;
  }

  private async pause(milliseconds: number): Promise<void> {
    if (this.waiting > 0) return yieldToEventLoop();
    await sleep(milliseconds, undefined, { signal: this.stop.signal, ref: false }).catch(() => undefined);
  }
}
