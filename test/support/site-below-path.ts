import { TestApp } from './app.js';
import { Answer, Asker, postGraphql } from './graphql.js';
import { Site } from './oidc-scenario.js';
import { PathHandling, PathProxy } from './path-proxy.js';

/** An application that a proxy publishes below a path; everything goes through the proxy. */
export class SiteBelowPath implements Site {
  private constructor(
    readonly app: TestApp,
    private readonly proxy: PathProxy,
  ) {}

  static async start(path: string, handling: PathHandling): Promise<SiteBelowPath> {
    const proxy = await PathProxy.open(path, handling);
    const app = await TestApp.start({ PUBLIC_URL: proxy.url });
    proxy.serverPort = Number(new URL(app.url).port);
    return new SiteBelowPath(app, proxy);
  }

  /** The host that the application shares. */
  get origin(): string {
    return this.proxy.origin;
  }

  get url(): string {
    return this.proxy.url;
  }

  get admin(): Asker {
    return this.app.admin;
  }

  ask(asker: Asker, query: string, variables: object = {}): Promise<Answer> {
    return postGraphql(this.url, asker, JSON.stringify({ query, variables }), { origin: this.origin });
  }

  configure(patch: object): Promise<Answer> {
    return this.app.configure(patch);
  }

  async stop(): Promise<void> {
    await this.app.stop();
    await this.proxy.close();
  }
}
