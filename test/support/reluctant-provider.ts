import { JWTPayload } from 'jose';
import { ServerResponse } from 'node:http';
import { Browser, Page } from './browser.js';
import { HostileIssuer, Misbehaviour } from './hostile-provider.js';
import { HostileScenario } from './hostile-scenario.js';

type Json = Record<string, unknown>;

/** A provider that gives refresh tokens only after `prompt=consent`, or never; each answer of a round may be bent. */
export class ReluctantProvider {
  /** Who is logged in there. */
  person: string;
  /** Who is logged in there by the time of a round, if it is somebody else. */
  personOfRound: string | null = null;
  session = 'one-session';
  givesAtRound = true;
  /** The error of the authorization endpoint in a round. */
  error: string | null = null;
  /** Answers the token request of a round instead. */
  answerOfRound: ((response: ServerResponse) => void) | null = null;
  /** Answers refreshes instead. */
  answerOfRefresh: ((response: ServerResponse) => void) | null = null;
  issuer!: HostileIssuer;
  private isRound = false;
  private readonly codesOfRounds = new Set<string>();

  private constructor(person: string) {
    this.person = person;
  }

  /** Opens one, and configures Mooring to ask it for refresh tokens. */
  static async at(scenario: HostileScenario, name: string, oidc: object = {}): Promise<ReluctantProvider> {
    const provider = new ReluctantProvider(name);
    const usual = { scope: 'openid,profile,email,offline_access' };
    provider.issuer = await scenario.issuer(name, provider.misbehaviour(), { ...usual, ...oidc });
    return provider;
  }

  /** How often browsers were sent there with `prompt=consent`. */
  get timesAskedForConsent(): number {
    const isConsent = ({ endpoint, form }: HostileIssuer['asked'][number]) =>
      endpoint === 'authorize' && form.get('prompt') === 'consent';
    return this.issuer.asked.filter(isConsent).length;
  }

  private misbehaviour(): Misbehaviour {
    return {
      callback: (parameters) => this.callback(parameters),
      claims: (honest: JWTPayload) => ({ ...honest, ...this.claims(), sid: this.session }),
      userinfo: (honest: Json) => ({ ...honest, ...this.claims() }),
      tokens: (honest: Json, form) => this.tokens(honest, form),
      answer: (endpoint, _request, response) => {
        if (endpoint !== 'token') return false;
        const { form } = this.issuer.asked.at(-1)!;
        this.isRound = this.codesOfRounds.has(String(form.get('code')));
        const ofRefresh = form.has('refresh_token') ? this.answerOfRefresh : null;
        const answer = this.isRound ? this.answerOfRound : ofRefresh;
        answer?.(response);
        return answer !== null;
      },
    };
  }

  private callback(parameters: URLSearchParams): void {
    if (this.issuer.asked.at(-1)!.form.get('prompt') !== 'consent') return;
    this.codesOfRounds.add(parameters.get('code')!);
    if (this.error === null) return;
    parameters.delete('code');
    parameters.set('error', this.error);
  }

  private claims(): Json {
    const person = (this.isRound ? this.personOfRound : null) ?? this.person;
    return { sub: `sub-${person}`, preferred_username: person, email: `${person}@example.com` };
  }

  private tokens({ refresh_token: refreshToken, ...others }: Json, form: URLSearchParams): Json {
    const isRefresh = form.get('grant_type') === 'refresh_token';
    return isRefresh || (this.isRound && this.givesAtRound) ? { ...others, refresh_token: refreshToken } : others;
  }
}

/** Logs in and stops where the round would start, or where the login led. */
export function loginBeforeRound(scenario: HostileScenario, browser: Browser, returnTo = '/profile'): Promise<Page> {
  const query = new URLSearchParams({ redirect_url: returnTo });
  const isEnd = ({ pathname, searchParams }: URL) => pathname === '/profile' || searchParams.has('consent');
  return browser.open(`${scenario.app.url}/c/oidc/login?${query}`, {}, isEnd);
}
