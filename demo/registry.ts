import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Part, Surroundings } from './part.js';

/** Debian calls the program docker-registry, the project itself calls it registry. */
const PROGRAMS = ['docker-registry', 'registry'];
const LOOK_MS = 5_000;
const START_MS = 30_000;
const ASK_AGAIN_MS = 50;

/** The program of an installed registry, undefined where none is on the PATH. */
export function registryProgram(): string | undefined {
  return PROGRAMS.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore', timeout: LOOK_MS }).status === 0);
}

/** Where a registry keeps its files and whom it trusts. */
interface Place {
  /** An absolute path. */
  readonly folder: string;
  readonly port: number;
  /** The URL of its Mooring. */
  readonly mooring: string;
}

/** Writes the configuration of a registry, and gives the file. */
export async function configureRegistry({ folder, port, mooring }: Place): Promise<string> {
  await mkdir(folder, { recursive: true });
  const rootcertbundle = join(folder, 'certificate.pem');
  const signal = AbortSignal.timeout(START_MS);
  await writeFile(rootcertbundle, await (await fetch(`${mooring}/service/certificate`, { signal })).text());
  const token = { realm: realmOf(mooring), service: 'registry', issuer: 'mooring', rootcertbundle };
  const configuration = {
    version: '0.1',
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'store') }, delete: { enabled: true } },
    http: { addr: `127.0.0.1:${port}`, secret: 'demo' },
    auth: { token },
  };
  const file = join(folder, 'config.yml');
  // JSON is YAML.
  await writeFile(file, JSON.stringify(configuration, null, 2));
  return file;
}

/** Starts a registry with this configuration. */
export function startRegistry(program: string, configuration: string, surroundings: Surroundings): Part {
  return new Part('The registry', [program, 'serve', configuration], { ...surroundings, isQuiet: true });
}

/**
 * Waits until a registry answers that its clients get their tokens from this Mooring: that is the one which was started,
 * and not another program on its port.
 *
 * @returns the reason why it does not, or undefined
 */
export async function failureOf(
  registry: Pick<Part, 'isRunning' | 'ended'>,
  { port, mooring }: Place,
): Promise<string | undefined> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    if (!registry.isRunning) return `it ended with code ${await registry.ended} before it answered`;
    if (await sendsTo(mooring, port)) return undefined;
    if (Date.now() > deadline) return `it did not answer on port ${port} within ${START_MS / 1000} seconds`;
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

async function sendsTo(mooring: string, port: number): Promise<boolean> {
  const signal = AbortSignal.timeout(LOOK_MS);
  const answer = await fetch(`http://127.0.0.1:${port}/v2/`, { signal }).catch(() => undefined);
  return answer?.headers.get('www-authenticate')?.includes(`"${realmOf(mooring)}"`) === true;
}

function realmOf(mooring: string): string {
  return `${mooring}/service/token`;
}
