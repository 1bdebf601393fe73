import { CookieJar } from 'tough-cookie';

const MOST_REDIRECTS = 20;

/** What a browser ends up with. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A browser of one person: it keeps cookies, follows redirects one by one, and sends forms. */
export class Browser {
  constructor(readonly jar = new CookieJar()) {}

  /** Another browser that holds what this one holds now, as a thief of its cookies would. */
  copy(): Browser {
    return new Browser(this.jar.cloneSync());
  }

  /** One request, without following where it leads. */
  async fetch(url: URL | string, init: RequestInit = {}): Promise<Page> {
    const address = new URL(url);
    const cookie = await this.jar.getCookieString(address.href);
    const headers = { accept: 'text/html', ...(cookie && { cookie }), ...(init.headers as object) };
    const response = await fetch(address, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) await this.jar.setCookie(line, address.href);
    return { url: address, status: response.status, headers: response.headers, text: await response.text() };
  }

  /** Opens a page and follows redirects, until a page or `until` says that it is far enough. */
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

  /** Sends a form of the page that is open. */
  submit(page: Page, fields: Record<string, string>, until?: (next: URL) => boolean): Promise<Page> {
    const body = new URLSearchParams(fields);
    return this.open(page.url, { method: 'POST', body }, until);
  }
}
