import { Agent, Dispatcher, request } from 'undici';
import { connectionsTo } from '../provider/bounded-fetch.js';
import { asProviderFailure } from '../provider/provider-failure.js';
import { ToldError } from './quoted-words.js';

const MOST_REDIRECTS = 3;
/** The statuses whose `Location` a browser follows (Fetch Standard, "redirect status"). */
const FOLLOWED_STATUSES = [301, 302, 303, 307, 308];
/** The headers of a browser that follows a link from another site (Fetch Metadata Request Headers; RFC 9110, section 12.5). */
const NAVIGATION = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'accept-language': 'en',
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'cross-site',
  'sec-fetch-user': '?1',
  'upgrade-insecure-requests': '1',
  'user-agent': 'Mozilla/5.0 (compatible; Mooring)',
};
/** Errors that say only that a person has to act at the provider (OpenID Connect Core 1.0, section 3.1.2.6). */
const PERSON_NEEDED = /^(login|interaction|consent|account_selection)_required$/;

/** How a provider answers a browser. */
export type NavigationAnswer =
  /** It sends the browser back to the redirect URI of the question. */
  | { readonly kind: 'BACK'; readonly parameters: URLSearchParams }
  /** It sends the browser elsewhere, with an error. */
  | { readonly kind: 'ERROR_PAGE'; readonly told: ToldError }
  /** It shows a page, or sends the browser to a place that is not followed. */
  | {
      readonly kind: 'PAGE';
      readonly status: number;
      readonly place: string;
      /** Whether a page before it set a cookie, which was not sent: it may be a refusal for that reason only. */
      readonly lacksCookie: boolean;
    }
  | { readonly kind: 'SILENT'; readonly reason: string };

type Page = Extract<NavigationAnswer, { kind: 'PAGE' }>;

interface HttpAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly setsCookie: boolean;
}

/** Whether an error says only that a person has to act at the provider, as it must where nobody is logged in. */
export function isPersonNeeded(error: string): boolean {
  return PERSON_NEEDED.test(error);
}

/**
 * Asks a provider as a browser without cookies does. Bodies are not read. Redirects are followed within the origin of the
 * first request, three at most; every other place is read and never asked.
 */
export class Navigation {
  private readonly agent: Agent;

  /** @param endsAt when every request ends, by `performance.now()` */
  constructor(
    trust: Parameters<typeof connectionsTo>[0],
    private readonly endsAt: number,
  ) {
    this.agent = connectionsTo(trust);
  }

  /** Opens a page; a place under `redirectUri`'s origin is never asked. */
  async open(first: string, redirectUri: string): Promise<NavigationAnswer> {
    const { origin } = new URL(first);
    let [url, lacksCookie] = [first, false];
    for (let redirects = 0; ; redirects++) {
      const answer = await this.ask(url);
      if (answer instanceof Error) return { kind: 'SILENT', reason: answer.message };
      const target = targetOf(answer, url);
      if (target === null) return pageAt(answer.status, url, lacksCookie);
      if (isAt(target, redirectUri)) return { kind: 'BACK', parameters: parametersIn(target, 'state') };
      const told = errorIn(target);
      if (told !== null && !lacksCookie) return { kind: 'ERROR_PAGE', told };
      const mayFollow = isOf(origin, target) && origin !== new URL(redirectUri).origin;
      if (told !== null || !mayFollow || redirects === MOST_REDIRECTS) {
        return pageAt(answer.status, target.href, lacksCookie);
      }
      [url, lacksCookie] = [target.href, lacksCookie || answer.setsCookie];
    }
  }

  /** The status of a page; null if there is no answer. */
  async statusOf(url: string): Promise<number | null> {
    const answer = await this.ask(url);
    return answer instanceof Error ? null : answer.status;
  }

  /** Ends the connections, and the requests that still use them. */
  close(): void {
    void this.agent.destroy().catch(() => undefined);
  }

  private async ask(url: string): Promise<HttpAnswer | Error> {
    try {
      const signal = AbortSignal.timeout(Math.max(1, Math.ceil(this.endsAt - performance.now())));
      const answer = await request(url, { method: 'GET', headers: NAVIGATION, signal, dispatcher: this.agent });
      abandonBody(answer);
      const { location, 'set-cookie': cookies } = answer.headers;
      const target = typeof location === 'string' ? location : null;
      return { status: answer.statusCode, location: target, setsCookie: cookies !== undefined };
    } catch (error) {
      const failure = asProviderFailure(error);
      return new Error(failure.detail ?? failure.message);
    }
  }
}

/** Whether two answers show the same page. Texts of pages are not compared: they contain random values. */
export function isSamePage(one: Page, other: NavigationAnswer): boolean {
  return other.kind === 'PAGE' && one.status === other.status && one.place === other.place;
}

function abandonBody({ body }: Dispatcher.ResponseData): void {
  body.on('error', () => undefined);
  body.destroy();
}

function targetOf({ status, location }: HttpAnswer, base: string): URL | null {
  if (!FOLLOWED_STATUSES.includes(status) || location === null || !URL.canParse(location, base)) return null;
  return new URL(location, base);
}

function pageAt(status: number, url: string, lacksCookie: boolean): Page {
  const { origin, pathname } = new URL(url);
  return { kind: 'PAGE', status, place: origin + pathname, lacksCookie };
}

// `blob:` addresses have the origin of the address in them.
function isOf(origin: string, target: URL): boolean {
  return target.origin === origin && target.href.startsWith(origin) && !hasUserinfo(target);
}

function isAt(target: URL, redirectUri: string): boolean {
  const { origin, pathname } = new URL(redirectUri);
  return isOf(origin, target) && target.pathname === pathname;
}

function hasUserinfo({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}

/** The parameters of the query, or of the fragment if only that has the named one. */
function parametersIn(target: URL, name: string): URLSearchParams {
  const fragment = new URLSearchParams(target.hash.replace(/^#/, '').replace(/^[^=&]*\?/, ''));
  return !target.searchParams.has(name) && fragment.has(name) ? fragment : target.searchParams;
}

function errorIn(target: URL): ToldError | null {
  if (!/^https?:$/.test(target.protocol)) return null;
  const parameters = parametersIn(target, 'error');
  const error = parameters.get('error') ?? '';
  if (error !== '' && !isPersonNeeded(error)) return { error, description: parameters.get('error_description') };
  // Google's error page; the value is an encoded message.
  return (parametersIn(target, 'authError').get('authError') ?? '') === '' ? null : { error: 'authError' };
}
