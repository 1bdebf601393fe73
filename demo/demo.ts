import { resolve } from 'node:path';
import { DemoFolder } from './demo-folder.js';
import { Ending } from './ending.js';
import { setUp } from './first-setup.js';
import { lastWords, Running } from './last-words.js';
import { mooringEnvironment } from './mooring-environment.js';
import { DemoOptions } from './options.js';
import { Part } from './part.js';
import { choosePort, DEFAULT_PORTS, PartName, portNote, Ports } from './ports.js';
import { DemoRefusal } from './refusal.js';
import { configureRegistry, failureOf, registryProgram, startRegistry } from './registry.js';
import { ready, startProviderFor } from './setup.js';

const ROOT = resolve(import.meta.dirname, '..');
const START_SECONDS = 120;
/** The demo goes on with its logins for a year, for it may be started again after a holiday. */
const LOGIN_SECONDS = 365 * 86_400;

const INSTALL = `Install it (Debian and Ubuntu: apt install docker-registry; others: github.com/distribution/distribution)
   and start the demo again: then docker login can be tried here. All else works without it.`;

/** Tells those who watch the demo. */
export type Say = (text: string) => void;

/** One run of the demo. */
export class Demo {
  private readonly notes: string[] = [];

  constructor(
    private readonly options: DemoOptions,
    private readonly folder: DemoFolder,
    private readonly ending: Ending,
    private readonly say: Say,
  ) {}

  /** Starts everything, and says what to do next. */
  async start(): Promise<void> {
    const program = registryProgram();
    const ports = await this.choosePorts(program !== undefined);
    if (this.options.build) await this.build();
    // Nothing is deleted by a start that is refused.
    if (this.options.fresh) this.clear();
    this.folder.keep({ ports });
    this.say('Starting Mooring and its provider ...');
    const mooring = `http://localhost:${ports.mooring}`;
    const provider = await this.startProvider(mooring, ports.provider);
    await this.startMooring(mooring, ports.mooring, program === undefined ? undefined : ports.registry);
    const access = await setUp(mooring, this.folder, provider).catch((error: Error) => {
      throw new DemoRefusal(`The demo could not set Mooring up: ${error.message}`);
    });
    const registry = await this.startRegistry(program, mooring, ports.registry);
    this.say(lastWords({ mooring, provider, folder: this.folder.path, access, registry }));
    // Said last, where they are read.
    for (const note of this.notes) this.say(note);
  }

  private clear(): void {
    const left = this.folder.clear();
    this.say(`Deleted what earlier starts had left in ${this.folder.path}.`);
    if (left.length > 0) this.say(`The demo did not make these files, so they stay: ${left.join(', ')}`);
  }

  /** A registry that does not run needs no port; the port that it has had is kept. */
  private async choosePorts(hasRegistry: boolean): Promise<Ports> {
    const kept = this.options.fresh ? {} : this.folder.kept;
    const ports = { ...DEFAULT_PORTS, ...kept.ports, ...this.options.ports };
    for (const part of ['mooring', 'provider', 'registry'] as const) {
      if (part === 'registry' && !hasRegistry && this.options.ports.registry === undefined) continue;
      ports[part] = await this.choose(part, ports);
    }
    this.tellOfNewIssuer(kept.ports?.provider, ports.provider);
    return ports;
  }

  private async choose(part: PartName, ports: Ports): Promise<number> {
    const { [part]: wanted, ...others } = ports;
    const choice = await choosePort(part, this.options.ports[part], wanted, Object.values(others));
    await this.ending.add({ end: () => choice.port.release() });
    if (choice.instead !== undefined) this.tell(portNote(part, choice));
    return choice.port.number;
  }

  private tell(note: string): void {
    this.notes.push(note);
    this.say(note);
  }

  private tellOfNewIssuer(before: number | undefined, now: number): void {
    if (before === undefined || before === now) return;
    this.tell(
      `The provider had port ${before} before, and its address is part of everyone's identity: for Mooring, people who log in ` +
        `at port ${now} are new ones, and CLI secrets from before are not valid. --provider-port ${before} goes back.`,
    );
  }

  private async build(): Promise<void> {
    this.say('Building Mooring (about half a minute) ...');
    const line = ['npm', 'run', '--silent', 'build'];
    const part = new Part('The build', line, { cwd: ROOT, env: process.env, lock: resolve(this.folder.partsLock) });
    await this.ending.add(part);
    const code = await part.ended;
    if (code !== 0) throw new DemoRefusal(`The build failed with code ${code}; see above.`);
  }

  private async startProvider(mooring: string, port: number): Promise<string> {
    const folder = resolve(this.folder.path, 'provider');
    const provider = await startProviderFor(mooring, { port, folder, loginSeconds: LOGIN_SECONDS });
    await this.ending.add({ end: () => provider.close() });
    return provider.issuer;
  }

  private async startMooring(url: string, port: number, registry: number | undefined): Promise<void> {
    const cwd = resolve(this.folder.path);
    const env = mooringEnvironment({ url, port, folder: cwd, registry });
    const line = [process.execPath, resolve(ROOT, 'dist/src/main.js')];
    const part = new Part('Mooring', line, { cwd, env, lock: resolve(this.folder.partsLock) });
    await this.ending.add(part);
    void part.ended.then(() => this.ending.fail(new DemoRefusal('Mooring has ended by itself; see above.')));
    await ready(url, part, START_SECONDS);
  }

  private async startRegistry(
    program: string | undefined,
    mooring: string,
    port: number,
  ): Promise<Running['registry']> {
    if (program === undefined)
      return { missing: `No registry runs: neither docker-registry nor registry is on the PATH. ${INSTALL}` };
    const place = { folder: resolve(this.folder.path, 'registry'), port, mooring };
    const surroundings = { env: process.env, lock: resolve(this.folder.partsLock) };
    const part = startRegistry(program, await configureRegistry(place), surroundings);
    await this.ending.add(part);
    const failure = await failureOf(part, place);
    if (failure !== undefined) {
      await part.end();
      return {
        missing: `No registry runs: ${program} was started, but ${failure} (see above). Fix it, and start again.`,
      };
    }
    void part.ended.then(() => this.ending.fail(new DemoRefusal('The registry has ended by itself; see above.')));
    return { address: `localhost:${port}` };
  }
}
