import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, Repository } from 'typeorm';
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../../common/persistence/ids.js';
import { yieldToEventLoop } from '../../common/runtime/event-loop.js';
import { StepSize } from '../../common/runtime/step-size.js';
import { User } from '../user.entity.js';
import { UserWord } from './user-word.entity.js';
import {
  areDue,
  DueUser,
  insertWords,
  leaveWork,
  readDue,
  readWords,
  removeMark,
  takeWork,
} from './word-index.statements.js';
import { wordsOf } from './words.js';

const USERS_AT_ONCE = 1_000;
/** With SQLite, other writes wait for those of a step. */
const STEP_MS = 50;
const PAUSE_MS = 10;
/** How many users' words are found out before requests get a turn. */
const TURN_USERS = 50;
const ROUND_MS = 3_000;
/** How long the work is this process's own before it says again that it goes on: much less than it is given. */
const RENEW_MS = 5_000;

/**
 * Keeps the words of users for searches. Each write of a name or an address marks the user's words as due, in the same statement; a
 * search reads such users themselves. This service stores the words behind, and then removes the mark, if it is still the same.
 * Every step can be repeated. Of several processes one works at a time.
 */
@Injectable()
export class WordIndex implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WordIndex.name);
  private readonly owner = newId();
  private readonly step = new StepSize(STEP_MS, USERS_AT_ONCE);
  private timer?: NodeJS.Timeout;
  private round: Promise<unknown> = Promise.resolve();
  private isStopped = false;
  private isFailing = false;

  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    @InjectRepository(UserWord) private readonly words: Repository<UserWord>,
  ) {}

  /** Begins behind the start, which does not wait for it. */
  onApplicationBootstrap(): void {
    this.schedule(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  /**
   * Stores all words that are due, unless another process does.
   *
   * @returns the number of users whose words were stored
   */
  async bringUpToDate(): Promise<number> {
    const { connection } = this.users.manager;
    if (!(await areDue(connection))) return 0;
    let done = 0;
    while (await takeWork(connection, this.owner)) {
      const { stored, isOver } = await this.storeFor(RENEW_MS);
      done += stored;
      if (!isOver) continue;
      await leaveWork(connection, this.owner);
      break;
    }
    return done;
  }

  /** Stores words in small steps for some time, and says whether none are due any more, or it has to stop. */
  private async storeFor(milliseconds: number): Promise<{ stored: number; isOver: boolean }> {
    const until = performance.now() + milliseconds;
    let stored = 0;
    while (performance.now() < until) {
      if (this.isStopped) return { stored, isOver: true };
      const began = performance.now();
      const due = await readDue(this.users.manager.connection, this.step.next);
      if (due.length === 0) return { stored, isOver: true };
      stored += await this.store(due);
      const took = performance.now() - began;
      this.step.note(due.length, took);
      // Requests have the processor and the lock on a SQLite file for at least half of the time.
      await pause(Math.max(PAUSE_MS, Math.min(took, STEP_MS)));
    }
    return { stored, isOver: false };
  }

  private schedule(milliseconds: number): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.round = this.bringUpToDate()
        .then(
          () => (this.isFailing = false),
          (error: unknown) => this.tell(error),
        )
        .finally(() => this.schedule(ROUND_MS));
    }, milliseconds).unref();
  }

  private tell(error: unknown): void {
    if (!this.isFailing)
      this.logger.warn(`The words of users could not be stored; searches take longer. ${String(error)}`);
    this.isFailing = true;
  }

  private async store(due: readonly DueUser[]): Promise<number> {
    const { connection } = this.users.manager;
    const wanted = await wordsOfAll(due);
    await this.removeOthers(wanted);
    await insertWords(
      connection,
      wanted.flatMap(({ user, words }) => words.map((word) => [word, user.id] as const)),
    );
    let done = 0;
    for (const mark of new Set(due.map(({ wordsDue }) => wordsDue))) {
      const ids = due.filter(({ wordsDue }) => wordsDue === mark).map(({ id }) => id);
      const removed = await removeMark(connection, mark, ids);
      if (removed < ids.length) await this.markAgain(ids);
      done += removed;
    }
    return done;
  }

  /** A user who changed may have been dealt with by a process whose turn came meanwhile: then these words are too old. */
  private async markAgain(ids: readonly string[]): Promise<void> {
    await this.users.update({ id: In([...ids]), wordsDue: IsNull() }, { wordsDue: newId() });
  }

  /** Removes the words that these users no longer have. A user whose words were never stored has none. */
  private async removeOthers(wanted: readonly Wanted[]): Promise<void> {
    const ids = wanted.map(({ user }) => user.id);
    const known = await readWords(this.users.manager.connection, ids);
    if (known.length === 0) return;
    const kept = new Map(wanted.map(({ user, words }) => [user.id, new Set(words)]));
    const others = known.filter(([word, userId]) => !kept.get(userId)?.has(word));
    for (const user of new Set(others.map(([, userId]) => userId))) {
      const gone = others.filter(([, userId]) => userId === user).map(([word]) => word);
      await this.words.delete({ userId: user, word: In(gone) });
    }
  }
}

/** A user, and the words that are to be stored. */
interface Wanted {
  readonly user: DueUser;
  readonly words: readonly string[];
}

async function wordsOfAll(due: readonly DueUser[]): Promise<Wanted[]> {
  const wanted: Wanted[] = [];
  for (const user of due) {
    wanted.push({ user, words: user.isDeleted ? [] : wordsOf(user) });
    if (wanted.length % TURN_USERS === 0) await yieldToEventLoop();
  }
  return wanted;
}
