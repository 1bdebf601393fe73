import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, fetch as undiciFetch } from 'undici';
import { TestApp } from './app.js';
import { Browser } from './browser.js';
import { TestAuthority } from './certificates.js';
import { freePort } from './free-port.js';
import { Answer, Asker, postGraphql } from './graphql.js';
import { Nginx } from './nginx.js';
import { OidcScenario, Site } from './oidc-scenario.js';
import { example } from './one-host.js';
import { StockRegistry, USUAL_TRUST } from './stock-registry.js';

/** Mooring behind the nginx of examples/, which ends TLS: browsers go through it, the administrator asks the server itself. */
class TlsSite implements Site {
  constructor(
    private readonly app: TestApp,
    readonly url: string,
    private readonly close: () => Promise<unknown>,
  ) {}

  get admin(): Asker {
    return this.app.admin;
  }

  ask(asker: Asker, query: string, variables: object = {}): Promise<Answer> {
    if (!(asker instanceof Browser)) return this.app.ask(asker, query, variables);
    return postGraphql(this.url, asker, JSON.stringify({ query, variables }), { origin: this.url });
  }

  configure(patch: object): Promise<Answer> {
    return this.app.configure(patch);
  }

  async stop(): Promise<void> {
    await this.close();
    await this.app.stop();
  }
}

/** A registry and Mooring at one host name with TLS, by the nginx configuration of examples/ as it is. */
export class TlsHost {
  private constructor(
    readonly scenario: OidcScenario<TlsSite>,
    readonly registry: StockRegistry,
    private readonly ca: string,
  ) {}

  static async start(): Promise<TlsHost> {
    const [port, registryPort] = [await freePort(), await freePort()];
    const url = `https://localhost:${port}`;
    const app = await TestApp.start({ PUBLIC_URL: url, TRUST_PROXY: 'loopback' });
    const [authority, folder] = [await TestAuthority.root(), await mkdtemp(join(tmpdir(), 'mooring-tls-host-'))];
    const { cert, key } = await authority.forServer();
    await writeFile(join(folder, 'registry.crt'), cert);
    await writeFile(join(folder, 'registry.key'), key);
    const server = (await example(Number(new URL(app.url).port), registryPort))
      .replace('listen 443', `listen 127.0.0.1:${port}`)
      .replaceAll('/etc/nginx/', `${folder}/`);
    const front = await Nginx.serve(port, server);
    const site = new TlsSite(app, url, () => Promise.all([front.close(), rm(folder, { recursive: true })]));
    const place = { port: registryPort, address: `localhost:${port}` };
    const trust = { ...USUAL_TRUST, readAt: app.url };
    return new TlsHost(await OidcScenario.at(site), await StockRegistry.start(url, place, trust), authority.cert);
  }

  /** A browser that trusts the host's certificate. */
  newBrowser(): Browser {
    const dispatcher = new Agent({ connect: { ca: this.ca } });
    const send = (url: unknown, init: object) => undiciFetch(url as URL, { ...init, dispatcher });
    return new Browser(undefined, send as unknown as typeof fetch);
  }

  async stop(): Promise<void> {
    await this.registry.stop();
    await this.scenario.close();
  }
}
