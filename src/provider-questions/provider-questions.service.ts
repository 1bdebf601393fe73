import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { changedARow, isDuplicate } from '../common/persistence/conditional-write.js';
import { Installation } from '../settings/installation.js';
import { ProviderQuestion } from './provider-question.entity.js';

const DAY_MS = 86_400_000;
// A clock that was set back must not prolong a pause; clocks of replicas may differ by less than one.
const IS_OVER = '(asked_at <= :over OR asked_at > :ahead)';

/** What a question is about: its kind, and of whom it is asked. Stored only as a digest under the installation's key. */
type Subject = readonly string[];

/** How often a question may be asked. */
interface Allowance {
  readonly times: number;
  /** In this time, in milliseconds. */
  readonly inMs: number;
}

/** What was learned from an answer. */
interface LearnedAnswer {
  readonly answer: string;
  readonly at: Date;
}

/** Counts the questions of the provider test over all replicas; the only writer of its table. */
@Injectable()
export class ProviderQuestionsService {
  private readonly logger = new Logger(ProviderQuestionsService.name);

  constructor(
    @InjectRepository(ProviderQuestion) private readonly questions: Repository<ProviderQuestion>,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  /**
   * The memory of questions that are asked under a revision of the settings. While the database does not answer, nothing
   * may be asked and nothing is known.
   */
  of(revision: number) {
    return {
      take: (subject: Subject, allowance: Allowance) => this.unlessSilent(false, () => this.take(subject, allowance)),
      takeOnce: (subject: Subject, pauseMs: number) =>
        this.unlessSilent(false, () => this.takeOnce(subject, revision, pauseMs)),
      learn: (subject: Subject, answer: string) =>
        this.unlessSilent(undefined, () => this.learn(subject, revision, answer)),
      learned: (subject: Subject) => this.unlessSilent(null, () => this.learned(subject)),
    };
  }

  private async take(subject: Subject, { times, inMs }: Allowance): Promise<boolean> {
    for (let place = 1; place <= times; place++) {
      const id = this.idOf([...subject, String(place)]);
      if ((await this.isTakenAgain(id, 0, inMs)) || (await this.isFirst(id, 0))) return true;
    }
    return false;
  }

  private async takeOnce(subject: Subject, revision: number, pauseMs: number): Promise<boolean> {
    const id = this.idOf(subject);
    return (await this.isTakenAgain(id, revision, pauseMs)) || (await this.isFirst(id, revision));
  }

  /** Takes a place that was taken before its pause, and under an older revision if there is one. */
  private async isTakenAgain(id: string, revision: number, pauseMs: number): Promise<boolean> {
    const now = this.clock.now().getTime();
    const taken = await this.questions
      .createQueryBuilder()
      .update()
      .set({ askedAt: String(now), revision, answer: null })
      .where({ id })
      .andWhere(IS_OVER)
      .andWhere('(revision < :revision OR :revision = 0)')
      .setParameters({ over: now - pauseMs, ahead: now + pauseMs, revision })
      .execute();
    return changedARow(taken);
  }

  private async isFirst(id: string, revision: number): Promise<boolean> {
    if (await this.questions.existsBy({ id })) return false;
    try {
      await this.questions.insert({ id, askedAt: String(this.clock.now().getTime()), revision, answer: null });
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  private async learn(subject: Subject, revision: number, answer: string): Promise<void> {
    const now = this.clock.now().getTime();
    await this.questions.upsert({ id: this.idOf(subject), askedAt: String(now), revision, answer }, ['id']);
    await this.questions.delete({ askedAt: LessThan(String(now - DAY_MS)), revision: LessThan(revision) });
  }

  private async learned(subject: Subject): Promise<LearnedAnswer | null> {
    const row = await this.questions.findOneBy({ id: this.idOf(subject) });
    return row === null || row.answer === null ? null : { answer: row.answer, at: new Date(Number(row.askedAt)) };
  }

  private idOf(subject: Subject): string {
    return this.installation.digest('provider question', ...subject).toString('base64url');
  }

  private async unlessSilent<T>(otherwise: T, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      this.logger.warn({ error: (error as Error).message }, 'A question of the provider test could not be counted.');
      return otherwise;
    }
  }
}
