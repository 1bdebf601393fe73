import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { writeImage } from './small-image.js';

/** The exit status of a program, and its output. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

async function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv, input = ''): Promise<Ended> {
  const child = spawn(program, args, { env, stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

/** What a registry verifies tokens with. */
export interface RegistryTrust {
  /** The audience. */
  readonly service: string;
  /** The path of the certificate at the Mooring. */
  readonly certificate: string;
  /** The base URL at which the certificate is read; by default the one of the token service. */
  readonly readAt?: string;
}

/** What one verifies with by default. */
export const USUAL_TRUST: RegistryTrust = { service: 'registry', certificate: '/service/certificate' };

/** Where a registry listens, which one it is, and the address that its clients use; what is left out is usual. */
export interface RegistryPlace {
  readonly port?: number;
  readonly address?: string;
  /** Debian's, of Distribution 2.8, where left out. */
  readonly program?: string;
}

/** A registry of CNCF Distribution, configured to trust a Mooring, and the folder of its clients. */
export class StockRegistry {
  private readonly children: ChildProcess[] = [];

  private constructor(
    readonly folder: string,
    readonly port: number,
    /** The address that clients use. */
    readonly address: string,
  ) {}

  /**
   * Starts one that sends its clients to the token service at this address, or is open to everybody where there is none;
   * behind a proxy, its clients use the proxy's.
   */
  static async start(
    mooringUrl: string | null,
    place: RegistryPlace = {},
    trust = USUAL_TRUST,
  ): Promise<StockRegistry> {
    const port = place.port ?? (await freePort());
    const folder = await mkdtemp(join(tmpdir(), 'mooring-registry-'));
    const registry = new StockRegistry(folder, port, place.address ?? `127.0.0.1:${port}`);
    await registry.configure(mooringUrl, trust);
    await mkdir(join(registry.folder, 'home'));
    await writeImage(registry.path('image'));
    registry.launch(place.program ?? 'docker-registry', ['serve', registry.path('config.yml')]);
    for (;;) if (await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)) return registry;
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  private get env(): NodeJS.ProcessEnv {
    // Distribution 3 sends traces to a collector unless it is told not to.
    const quiet = { OTEL_TRACES_EXPORTER: 'none' };
    return { PATH: process.env.PATH, HOME: this.path('home'), XDG_RUNTIME_DIR: this.path('home'), ...quiet };
  }

  docker(...args: string[]): Promise<Ended> {
    return run('docker', args, this.env);
  }

  /** Runs any other client; each home keeps other credentials. */
  client(program: string, args: readonly string[], { input = '', home = 'home', variables = {} } = {}): Promise<Ended> {
    return run(program, args, { ...this.env, HOME: this.path(home), ...variables }, input);
  }

  dockerLogin(username: string, secret: string): Promise<Ended> {
    return run('docker', ['login', this.address, '-u', username, '--password-stdin'], this.env, secret);
  }

  /** Logs in with skopeo or podman; each stores its credentials in a separate file. */
  login(program: 'skopeo' | 'podman', username: string, secret: string): Promise<Ended> {
    const file = ['--authfile', this.path(`${program}.json`)];
    const args = ['login', '--tls-verify=false', ...file, '-u', username, '--password-stdin', this.address];
    return run(program, args, this.env, secret);
  }

  /** Pushes the small image. */
  push(repository: string, credentials: string): Promise<Ended> {
    const to = ['--dest-tls-verify=false', '--dest-creds', credentials];
    return run('skopeo', ['copy', ...to, `oci:${this.path('image')}:v1`, this.nameOf(repository)], this.env);
  }

  copy(from: string, to: string, credentials: string): Promise<Ended> {
    const both = ['--src-tls-verify=false', '--dest-tls-verify=false'];
    const creds = ['--src-creds', credentials, '--dest-creds', credentials];
    return run('skopeo', ['copy', ...both, ...creds, this.nameOf(from), this.nameOf(to)], this.env);
  }

  /** Reads an image's manifest and configuration; anonymously without credentials. */
  inspect(repository: string, credentials?: string): Promise<Ended> {
    const who = credentials === undefined ? ['--no-creds'] : ['--creds', credentials];
    return run('skopeo', ['inspect', '--tls-verify=false', ...who, this.nameOf(repository)], this.env);
  }

  remove(repository: string, credentials: string): Promise<Ended> {
    const args = ['delete', '--tls-verify=false', '--creds', credentials, this.nameOf(repository)];
    return run('skopeo', args, this.env);
  }

  /** Pulls with podman, which uses the credentials of {@link login}. */
  podmanPull(repository: string): Promise<Ended> {
    const store = ['--root', this.path('podman'), '--runroot', this.path('podman-run'), '--storage-driver', 'vfs'];
    const file = ['--authfile', this.path('podman.json')];
    const args = [...store, 'pull', '--tls-verify=false', ...file, `${this.address}/${repository}:v1`];
    return run('podman', args, this.env);
  }

  /** Pulls with containerd, which first requests tokens with POST. */
  async containerdFetch(repository: string, credentials: string): Promise<Ended> {
    const socket = ['--address', this.path('containerd.sock')];
    const name = `${this.address}/${repository}:v1`;
    return run('ctr', [...socket, 'content', 'fetch', '--plain-http', '--user', credentials, name], this.env);
  }

  /** Starts containerd, and waits until it answers. */
  async startContainerd(): Promise<void> {
    const address = ['--address', this.path('containerd.sock')];
    const places = ['--root', this.path('containerd'), '--state', this.path('containerd-state')];
    this.launch('containerd', [...address, ...places]);
    for (;;) if ((await run('ctr', [...address, 'version'], this.env)).code === 0) return;
  }

  async stop(): Promise<void> {
    for (const child of this.children) {
      const ended = once(child, 'exit');
      if (child.kill('SIGTERM')) await ended;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private nameOf(repository: string): string {
    return `docker://${this.address}/${repository}:v1`;
  }

  private launch(program: string, args: readonly string[]): void {
    this.children.push(spawn(program, args, { env: this.env, stdio: 'ignore' }));
  }

  private async configure(mooringUrl: string | null, trust: RegistryTrust): Promise<void> {
    const configuration = {
      version: '0.1',
      storage: { filesystem: { rootdirectory: this.path('store') }, delete: { enabled: true } },
      http: { addr: `127.0.0.1:${this.port}`, secret: 'shared-by-all-registries' },
      ...(mooringUrl !== null && { auth: { token: await this.tokenSettings(mooringUrl, trust) } }),
    };
    // JSON is YAML.
    await writeFile(this.path('config.yml'), JSON.stringify(configuration));
  }

  private async tokenSettings(mooringUrl: string, trust: RegistryTrust): Promise<object> {
    const { service, certificate, readAt = mooringUrl } = trust;
    await writeFile(this.path('certificate.pem'), await (await fetch(`${readAt}${certificate}`)).text());
    const realm = `${mooringUrl}/service/token`;
    return { realm, service, issuer: 'mooring', rootcertbundle: this.path('certificate.pem') };
  }
}
