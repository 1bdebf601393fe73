import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Front } from './site-below-path.js';

const EXAMPLE = 'examples/caddy/Caddyfile';
const PROGRAM = process.env.CADDY ?? 'caddy';

/** Whether there is one, on the PATH or as CADDY names it. */
export const HAS_CADDY = spawnSync(PROGRAM, ['version']).status === 0;

/** Caddy with the configuration of examples/, but without TLS and on a loopback address. */
export class Caddy implements Front {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  /**
   * Starts one in front of a registry and Mooring.
   *
   * @param port where it listens
   */
  static async start(port: number, serverPort: number, registryPort: number): Promise<Caddy> {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-caddy-'));
    const file = join(folder, 'Caddyfile');
    await writeFile(file, await configurationOf(port, serverPort, registryPort));
    const process = spawn(PROGRAM, ['run', '--config', file, '--adapter', 'caddyfile'], {
      env: { PATH: globalThis.process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
      stdio: 'pipe',
    });
    let output = '';
    process.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const caddy = new Caddy(process, folder);
    for (;;) {
      if (process.exitCode !== null) throw new Error(`Caddy did not start:\n${output}`);
      if (await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)) return caddy;
    }
  }

  async close(): Promise<void> {
    this.process.kill('SIGTERM');
    await once(this.process, 'exit');
    await rm(this.folder, { recursive: true });
  }
}

async function configurationOf(port: number, serverPort: number, registryPort: number): Promise<string> {
  return (await readFile(EXAMPLE, 'utf8'))
    .replace('\tservers {', '\tadmin off\n\tservers {')
    .replace('registry.example.com {', `http://127.0.0.1:${port}, http://localhost:${port} {`)
    .replace('127.0.0.1:8080', `127.0.0.1:${serverPort}`)
    .replace('127.0.0.1:5000', `127.0.0.1:${registryPort}`);
}
