import { TestApp } from './app.js';
import { freePort } from './free-port.js';
import { Answer, Asker, postGraphql } from './graphql.js';
import { Site } from './oidc-scenario.js';

/** Where a proxy listens, where its server does, and the path below which it publishes it. */
export interface FrontPlace {
  readonly port: number;
  readonly serverPort: number;
  readonly path: string;
}

/** A running proxy. */
export interface Front {
  close(): Promise<void>;
}

/** An application that a proxy publishes below a path; everything goes through the proxy. */
export class SiteBelowPath implements Site {
  private constructor(
    readonly app: TestApp,
    private readonly front: Front,
    readonly url: string,
  ) {}

  /** Starts one behind the proxy that `open` opens. */
  static async start(path: string, open: (place: FrontPlace) => Promise<Front>): Promise<SiteBelowPath> {
    const port = await freePort();
    const url = `http://localhost:${port}${path}`;
    const app = await TestApp.start({ PUBLIC_URL: url });
    const front = await open({ port, serverPort: Number(new URL(app.url).port), path });
    return new SiteBelowPath(app, front, url);
  }

  /** The host that the application shares. */
  get origin(): string {
    return new URL(this.url).origin;
  }

  get admin(): Asker {
    return this.app.admin;
  }

  /** Asks as a browser does that has opened the portal. */
  ask(asker: Asker, query: string, variables: object = {}): Promise<Answer> {
    return postGraphql(this.url, asker, JSON.stringify({ query, variables }), { origin: this.origin });
  }

  configure(patch: object): Promise<Answer> {
    return this.app.configure(patch);
  }

  async stop(): Promise<void> {
    await this.front.close();
    await this.app.stop();
  }
}
