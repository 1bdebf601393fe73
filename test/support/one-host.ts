import { readFile } from 'node:fs/promises';
import { freePort } from './free-port.js';
import { Nginx } from './nginx.js';
import { OidcScenario } from './oidc-scenario.js';
import { SiteBelowPath } from './site-below-path.js';
import { StockRegistry } from './stock-registry.js';

const EXAMPLE = 'examples/nginx/one-host.conf';
const PLAIN = /^server \{\n {2}listen 80;\n[^}]*\}\n/gm;
const OF_THE_HOST = /^server \{|^\}|^ +(listen|server_name|ssl_\w+) .*$/gm;

/** A registry and Mooring at one host name and port, by the nginx configuration of examples/. */
export class OneHost {
  private constructor(
    readonly scenario: OidcScenario<SiteBelowPath>,
    readonly registry: StockRegistry,
  ) {}

  static async start(): Promise<OneHost> {
    const registryPort = await freePort();
    const site = await SiteBelowPath.start('', async ({ port, serverPort }) =>
      Nginx.start(port, await locationsOfExample(serverPort, registryPort)),
    );
    const scenario = await OidcScenario.at(site);
    const place = { port: registryPort, address: new URL(site.url).host };
    return new OneHost(scenario, await StockRegistry.start(site.url, place));
  }

  get url(): string {
    return this.scenario.app.url;
  }

  async stop(): Promise<void> {
    await this.registry.stop();
    await this.scenario.close();
  }
}

/** The example without its redirect, host and certificate, in front of these two. */
export async function locationsOfExample(serverPort: number, registryPort: number): Promise<string> {
  return (await example(serverPort, registryPort)).replace(PLAIN, '').replace(OF_THE_HOST, '');
}

/** The example with these ports. */
export async function example(serverPort: number, registryPort: number): Promise<string> {
  return (await readFile(EXAMPLE, 'utf8'))
    .replace('127.0.0.1:8080', `127.0.0.1:${serverPort}`)
    .replace('127.0.0.1:5000', `127.0.0.1:${registryPort}`);
}
