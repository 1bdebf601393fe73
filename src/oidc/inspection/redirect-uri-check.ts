import { AuthorizationAnswer, onlyRedirectUri } from './authorization-answer.js';
import {
  authorizationQuestion,
  AuthorizationSettings,
  otherRedirectUri,
  questionUrl,
} from './authorization-question.js';
import { discoveryUrlOf } from '../provider/discover.js';
import { isPersonNeeded, isSamePage, Navigation, NavigationAnswer } from './navigation.js';
import { Finding } from './provider-report.js';
import { ToldError } from './quoted-words.js';
import { REDIRECT_URI } from './redirect-uri-causes.js';

const REFUSING_STATUSES = [400, 404, 422];
/** What else than the redirect URI an error page is for. */
const OF_AN_ERROR_PAGE = new Map<string, (redirectUri: string, seen: string) => Finding>([
  ['invalid_client', REDIRECT_URI.clientUnknown],
  ['unauthorized_client', REDIRECT_URI.clientUnknown],
  ['invalid_scope', REDIRECT_URI.scopeRefused],
  ['server_error', REDIRECT_URI.inTrouble],
  ['temporarily_unavailable', REDIRECT_URI.inTrouble],
]);
const OF_THE_FLOW = /^(unauthorized_client|unsupported_response_type)$/;

type Page = Extract<NavigationAnswer, { kind: 'PAGE' }>;
type Back = Extract<NavigationAnswer, { kind: 'BACK' }>;

/** The provider whose authorization endpoint is asked. */
export interface AskedProvider {
  readonly issuer: string;
  /** By default, and if null, under the issuer. */
  readonly discoveryUrl?: string | null;
  readonly authorizationEndpoint: string;
  /** Whether it announces `iss` in its answers (RFC 9207, section 3). */
  readonly announcesIssuer: boolean;
}

/**
 * Whether the redirect URI is registered: asks the authorization endpoint as the browser of a login would. Where its answer
 * does not tell, asks once more with a redirect URI that nobody registered, and compares.
 */
export class RedirectUriCheck {
  /**
   * @param mayAsk whether one more question may be sent now
   * @param words an error as it may be shown
   */
  constructor(
    private readonly settings: AuthorizationSettings,
    private readonly provider: AskedProvider,
    private readonly navigation: Pick<Navigation, 'open' | 'statusOf'>,
    private readonly mayAsk: () => Promise<boolean>,
    private readonly words: (told: ToldError) => string,
  ) {}

  /** The answer; null if nothing may be asked now. */
  async answer(): Promise<AuthorizationAnswer | null> {
    const { redirectUri } = this.settings;
    if (!(await this.mayAsk())) return null;
    const question = authorizationQuestion(this.settings, redirectUri);
    const answer = await this.ask(question);
    if (answer.kind === 'BACK') return this.cameBack(answer, question);
    if (answer.kind === 'SILENT') return onlyRedirectUri(REDIRECT_URI.silent(answer.reason));
    if (answer.kind === 'ERROR_PAGE') return this.errorPage(answer.told);
    if (answer.lacksCookie && !isShown(answer)) return onlyRedirectUri(REDIRECT_URI.lacksCookie(this.seen(answer)));
    if (isRefusal(answer)) return onlyRedirectUri(REDIRECT_URI.refused(redirectUri, this.seen(answer)));
    return this.compared(answer);
  }

  private cameBack({ parameters }: Back, question: URLSearchParams): AuthorizationAnswer {
    if (!this.isAnswerTo(question, parameters)) return onlyRedirectUri(REDIRECT_URI.otherLogin());
    const error = parameters.get('error') ?? '';
    const words = this.words({ error, description: parameters.get('error_description') });
    const isOfScope = error === 'invalid_scope';
    const isOfFlow = OF_THE_FLOW.test(error);
    const isTaken = error === '' || isPersonNeeded(error);
    return {
      redirectUri: REDIRECT_URI.cameBack(isTaken || isOfScope || isOfFlow ? null : words),
      isTaken,
      refusedScope: isOfScope ? words : null,
      refusedFlow: isOfFlow ? words : null,
      refusedClient: null,
    };
  }

  private errorPage(told: ToldError): AuthorizationAnswer {
    const { redirectUri } = this.settings;
    const seen = this.seen({ kind: 'ERROR_PAGE', told });
    const cause = OF_AN_ERROR_PAGE.get(told.error) ?? REDIRECT_URI.refused;
    const refusedScope = told.error === 'invalid_scope' ? this.words(told) : null;
    return { ...onlyRedirectUri(cause(redirectUri, seen)), refusedScope };
  }

  private seen(answer: NavigationAnswer): string {
    if (answer.kind === 'ERROR_PAGE') return `it sends the browser to a page with ${this.words(answer.told)}`;
    return answer.kind === 'PAGE' ? `HTTP ${answer.status}` : 'nothing';
  }

  /** What was seen for another redirect URI, in the words for ours if both are the same page. */
  private seenThere(answer: Page, other: NavigationAnswer): string {
    if (other.kind === 'BACK') return 'sends the browser there';
    const seen = this.seen(other);
    const isOtherPage = other.kind === 'PAGE' && seen === this.seen(answer) && !isSamePage(answer, other);
    return isOtherPage ? `another page with ${seen}` : seen;
  }

  private isAnswerTo(question: URLSearchParams, parameters: URLSearchParams): boolean {
    const issuer = parameters.get('iss');
    const isOfIssuer = issuer === null ? !this.provider.announcesIssuer : issuer === this.provider.issuer;
    return isOfIssuer && parameters.get('state') === question.get('state');
  }

  private async compared(answer: Page): Promise<AuthorizationAnswer> {
    const other = await this.askWithOther();
    if (other === null) return onlyRedirectUri(REDIRECT_URI.notCompared(this.seen(answer)));
    if (answer.status === 403) return this.forbidden(answer, other);
    if (isRefusal(other)) return onlyRedirectUri(REDIRECT_URI.byComparison(this.seen(other)));
    return onlyRedirectUri(REDIRECT_URI.alike(this.seen(answer), this.seenThere(answer, other)));
  }

  private async forbidden(answer: Page, other: NavigationAnswer): Promise<AuthorizationAnswer> {
    const isForEveryUri = other.kind === 'PAGE' && other.status === 403;
    const isRefused = isForEveryUri && (await this.navigation.statusOf(discoveryUrlOf(this.provider))) === 200;
    const refused = () => REDIRECT_URI.refused(this.settings.redirectUri, this.seen(answer));
    return onlyRedirectUri(isRefused ? refused() : REDIRECT_URI.forbidden());
  }

  private async askWithOther(): Promise<NavigationAnswer | null> {
    if (!(await this.mayAsk())) return null;
    return this.ask(authorizationQuestion(this.settings, otherRedirectUri(this.settings.redirectUri)));
  }

  private ask(question: URLSearchParams): Promise<NavigationAnswer> {
    const url = questionUrl(this.provider.authorizationEndpoint, question);
    return this.navigation.open(url, question.get('redirect_uri') ?? '');
  }
}

function isShown({ status }: Page): boolean {
  return status < 300;
}

function isRefusal(answer: NavigationAnswer): boolean {
  return answer.kind === 'ERROR_PAGE' || (answer.kind === 'PAGE' && REFUSING_STATUSES.includes(answer.status));
}
