import { Clock } from '../../common/runtime/clock.js';
import { QuestionMemory, QuestionSubject } from './question-memory.js';

/** At most so many tests a minute ask the endpoints of a provider, over all replicas; others tell what they learned. */
const MOST_TESTS = 10;
const TESTS = { times: MOST_TESTS, inMs: 60_000 };
/** How long an answer is told again, in milliseconds. */
const RECALLED_MS = 600_000;

/** Asks the endpoints of a provider, or tells what was learned from them a moment ago. */
export class RecalledAnswers {
  private constructor(
    private readonly memory: QuestionMemory,
    private readonly clock: Clock,
    private readonly mayAsk: boolean,
  ) {}

  /** For one test, which counts by the origin of the token endpoint. */
  static async of(memory: QuestionMemory, tokenEndpoint: string, clock: Clock): Promise<RecalledAnswers> {
    const mayAsk = await memory.take(['token endpoint', new URL(tokenEndpoint).origin], TESTS);
    return new RecalledAnswers(memory, clock, mayAsk);
  }

  /** The answer to a question; null if it may not be asked now, and nothing was learned lately. */
  async askOrRecall<T extends object>(subject: QuestionSubject, ask: () => Promise<T>): Promise<T | null> {
    if (!this.mayAsk) return this.recall(subject);
    const answer = await ask();
    await this.memory.learn(subject, JSON.stringify(answer));
    return answer;
  }

  /** What was learned lately from the same question; null: nothing. */
  async recall<T extends object>(subject: QuestionSubject): Promise<T | null> {
    const learned = await this.memory.learned(subject);
    if (learned === null) return null;
    const age = Math.abs(this.clock.now().getTime() - learned.at.getTime());
    return age <= RECALLED_MS ? (JSON.parse(learned.answer) as T) : null;
  }
}
