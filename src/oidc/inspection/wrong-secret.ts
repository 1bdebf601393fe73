import { AuthenticationMethod, ClientCredentials } from '../provider/client-authentication.js';
import { TokenAnswer } from '../provider/token-endpoint.js';
import { answerKey, isTrouble } from './client-refusal.js';
import { QuestionMemory } from './question-memory.js';
import { isUsable, madeUpCredentials, TokenQuestion, TokenQuestions, TokenReply } from './token-questions.js';

const HOUR_MS = 3_600_000;

/** Our answers to the questions that were asked. */
export type OwnAnswers = ReadonlyMap<TokenQuestion, TokenReply>;

/** How a wrong secret was answered: a short text for each question. */
interface WrongSecretAnswers {
  readonly method: AuthenticationMethod;
  readonly answers: Readonly<Partial<Record<TokenQuestion, { readonly isRefusal: boolean; readonly key: string }>>>;
}

/** What a wrong secret tells: the provider knows ours, answers both alike, told nothing usable, or may not be asked. */
export type WrongSecretVerdict = 'KNOWS_OURS' | 'ALIKE' | 'UNCLEAR' | 'NOT_ASKED';

/**
 * Compares how the provider answers our secret with how it answers a made-up one; without a secret, our client id with one
 * that is not registered. The made-up one is sent once for each
 * revision of the settings and once an hour at most, over all replicas, because a provider may count wrong secrets against
 * the client (RFC 6749, section 2.3.1); its answer is kept and says nothing of our secret.
 */
export class WrongSecret {
  private readonly subject: readonly string[];

  /** @param tokenEndpoint the endpoint that is asked about the client */
  constructor(
    private readonly questions: TokenQuestions,
    private readonly memory: QuestionMemory,
    private readonly client: ClientCredentials,
    tokenEndpoint: string,
  ) {
    this.subject = ['wrong secret', tokenEndpoint, client.clientId];
  }

  async compare(own: OwnAnswers, method: AuthenticationMethod): Promise<WrongSecretVerdict> {
    if (![...own.values()].some(isUsable)) return 'UNCLEAR';
    const wrong = (await this.memory.takeOnce(this.subject, HOUR_MS)) ? await this.ask(own, method) : await this.kept();
    if (wrong?.method !== method) return 'NOT_ASKED';
    const known = [...own.keys()].map((question) => compared(own, wrong, question));
    if (known.includes('KNOWS_OURS')) return 'KNOWS_OURS';
    return known.includes('ALIKE') ? 'ALIKE' : 'UNCLEAR';
  }

  private async ask(own: OwnAnswers, method: AuthenticationMethod): Promise<WrongSecretAnswers> {
    const [wrong, answers] = [
      madeUpCredentials(method, this.client),
      {} as Record<TokenQuestion, { isRefusal: boolean; key: string }>,
    ];
    for (const question of [...own.keys()].filter((one) => isUsable(own.get(one)))) {
      const reply = await this.questions.ask(question, method, wrong);
      if (reply instanceof Error || isTrouble(reply)) continue;
      answers[question] = { isRefusal: isRefusal(reply), key: answerKey(reply) };
      if (compared(own, { method, answers }, question) === 'KNOWS_OURS') break;
    }
    await this.memory.learn(this.subject, JSON.stringify({ method, answers }));
    return { method, answers };
  }

  private async kept(): Promise<WrongSecretAnswers | null> {
    const learned = await this.memory.learned(this.subject);
    return learned === null ? null : (JSON.parse(learned.answer) as WrongSecretAnswers);
  }
}

function compared(own: OwnAnswers, { answers }: WrongSecretAnswers, question: TokenQuestion): WrongSecretVerdict {
  const [ours, wrong] = [own.get(question), answers[question]];
  if (!isUsable(ours) || wrong === undefined) return 'UNCLEAR';
  if (answerKey(ours) === wrong.key) return 'ALIKE';
  return wrong.isRefusal ? 'KNOWS_OURS' : 'UNCLEAR';
}

function isRefusal(answer: TokenAnswer): boolean {
  return answer.status >= 400 && answer.status < 500 && !isTrouble(answer);
}
