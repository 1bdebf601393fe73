import { CookieJar } from 'tough-cookie';

const MOST_REDIRECTS = 20;

/** The page that a browser ends up at. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The browser of one person: it keeps cookies, follows redirects one by one, and submits forms. */
export class Browser {
  /** @param send sends each of its requests */
  constructor(
    readonly jar = new CookieJar(),
    private readonly send: typeof fetch = fetch,
  ) {}

  /** Another browser with the current cookies of this one, as a thief of them would have. */
  copy(): Browser {
    return new Browser(this.jar.cloneSync(), this.send);
  }

  /** Sends one request, without following redirects. */
  async fetch(url: URL | string, init: RequestInit = {}): Promise<Page> {
    const address = new URL(url);
    const cookie = await this.jar.getCookieString(address.href);
    const headers = { accept: 'text/html', ...(cookie && { cookie }), ...(init.headers as object) };
    const response = await this.send(address, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) await this.jar.setCookie(line, address.href);
    return { url: address, status: response.status, headers: response.headers, text: await response.text() };
  }

  /** Opens a page and follows redirects until there are none, or `until` is true. */
  async open(url: URL | string, init: RequestInit = {}, until = (_next: URL) => false): Promise<Page> {
    let page = await this.fetch(url, init);
    for (let hop = 0; hop < MOST_REDIRECTS; hop++) {
      const location = page.headers.get('location');
      if (page.status < 300 || page.status >= 400 || location === null) return page;
      const next = new URL(location, page.url);
      if (until(next)) return { ...page, url: next };
      page = await this.fetch(next);
    }
    throw new Error(`Too many redirects, the last to ${page.url.pathname}.`);
  }

  /** Submits the form of the open page. */
  submit(page: Page, fields: Record<string, string>, until?: (next: URL) => boolean): Promise<Page> {
    const body = new URLSearchParams(fields);
    return this.open(page.url, { method: 'POST', body }, until);
  }
}
