import { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { mkdtemp } from 'node:fs/promises';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppModule } from '../../src/app/app.module.js';
import { Clock } from '../../src/common/runtime/clock.js';
import { randomBase62 } from '../../src/common/crypto/random-text.js';
import { Environment, readEnvironment } from '../../src/config/env.js';
import { configureApp, webServerOf } from '../../src/app/configure-app.js';
import { Browser } from './browser.js';
import { removeData } from './database.js';
import { CONFIGURATION, LOGIN, UPDATE_CONFIGURATION } from './documents.js';
import { databaseVariables } from './fresh-database.js';
import { FakeClock } from './fake-clock.js';
import { Answer, Asker, postGraphql } from './graphql.js';

export type { Answer, Asker } from './graphql.js';

const LEVEL_OF_ERRORS = 50;

/** The application, running on a free port with its own folder. */
export class TestApp {
  readonly log: string[];

  private constructor(
    readonly nest: NestFastifyApplication,
    readonly environment: Environment,
    readonly adminPassword: string,
    readonly clock: FakeClock,
    log: string[],
  ) {
    this.log = log;
  }

  /** Starts one; on the folder of another if `dataDir` is given. */
  static async start(changes: Record<string, string> = {}): Promise<TestApp> {
    const dataDir = changes.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'mooring-')));
    const adminPassword = changes.ADMIN_PASSWORD ?? `Aa1${randomBase62(20)}`;
    const environment = readEnvironment({
      DATA_DIR: dataDir,
      ...(await databaseVariables(dataDir)),
      ADMIN_PASSWORD: adminPassword,
      LOG_LEVEL: 'debug',
      PORT: '0',
      HOST: '127.0.0.1',
      ...changes,
    });
    const [clock, log] = [new FakeClock(), [] as string[]];
    const builder = Test.createTestingModule({ imports: [AppModule.with(environment)] });
    const module = await builder.overrideProvider(Clock).useValue(clock).compile();
    const server = webServerOf(environment, { write: (line) => void log.push(line) });
    const nest = module.createNestApplication<NestFastifyApplication>(server, { bufferLogs: true });
    await configureApp(nest, environment);
    await nest.listen(0, '127.0.0.1');
    const { port } = nest.getHttpServer().address() as AddressInfo;
    // The port is known only once the server listens.
    if (!changes.PUBLIC_URL) Object.assign(environment, { publicUrl: new URL(`http://localhost:${port}`) });
    return new TestApp(nest, environment, adminPassword, clock, log);
  }

  get url(): string {
    const { port } = this.nest.getHttpServer().address() as AddressInfo;
    return `http://localhost:${port}`;
  }

  /** Starts another replica on the same data. End it with `keepData`. */
  replica(changes: Record<string, string> = {}): Promise<TestApp> {
    const { environment, adminPassword: ADMIN_PASSWORD, url: PUBLIC_URL } = this;
    return TestApp.start({ DATA_DIR: environment.dataDir, ADMIN_PASSWORD, PUBLIC_URL, ...changes });
  }

  get admin(): Asker {
    return { basic: Buffer.from(`admin:${this.adminPassword}`).toString('base64') };
  }

  /** Sends a GraphQL request. */
  async ask(asker: Asker, query: string, variables: object = {}): Promise<Answer> {
    return this.post(asker, JSON.stringify({ query, variables }));
  }

  /** Changes the configuration, from the current revision. */
  async configure(patch: object): Promise<Answer> {
    const { data } = await this.ask(this.admin, CONFIGURATION);
    const { revision } = data.configuration;
    return this.ask(this.admin, UPDATE_CONFIGURATION, { input: { revision, patch } });
  }

  /** Logs in a local account and returns its browser. Fails with the error code if the login is refused. */
  async loggedIn(username: string, password: string): Promise<Browser> {
    const browser = new Browser();
    const { code } = await this.ask(browser, LOGIN, { input: { username, password } });
    if (code) throw new Error(`${username} could not log in: ${code}.`);
    return browser;
  }

  /** Sends any body to GraphQL. */
  post(asker: Asker, body: string, headers: Record<string, string> = {}): Promise<Answer> {
    return postGraphql(this.url, asker, body, headers);
  }

  /** Stops it and, unless told otherwise, removes its folder. Fails if the application has logged an error. */
  async stop({ keepData = false } = {}): Promise<void> {
    await this.nest.close();
    const failures = this.log.filter((line) => (JSON.parse(line) as { level: number }).level >= LEVEL_OF_ERRORS);
    if (failures.length > 0) throw new Error(`The application has logged errors:\n${failures.join('')}`);
    if (!keepData) await removeData(this.environment);
  }
}
