import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** A registry that runs beside the demo. */
export interface DemoRegistry {
  /** What clients call it. */
  readonly address: string;
  stop(): void;
}

const PORT = 5000;
/** Debian calls the program docker-registry, the project itself calls it registry. */
const PROGRAMS = ['docker-registry', 'registry'];

function installed(): string | undefined {
  return PROGRAMS.find((program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0);
}

async function configurationIn(folder: string, mooring: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const rootcertbundle = join(folder, 'certificate.pem');
  await writeFile(rootcertbundle, await (await fetch(`${mooring}/service/certificate`)).text());
  const token = { realm: `${mooring}/service/token`, service: 'registry', issuer: 'mooring', rootcertbundle };
  const configuration = {
    version: '0.1',
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'store') }, delete: { enabled: true } },
    http: { addr: `127.0.0.1:${PORT}`, secret: 'demo' },
    auth: { token },
  };
  const file = join(folder, 'config.yml');
  // JSON is YAML.
  await writeFile(file, JSON.stringify(configuration, null, 2));
  return file;
}

/**
 * Starts a real registry that sends its clients to this Mooring, where one is on the PATH; null where none is.
 *
 * @param folder where it keeps its configuration and images
 */
export async function startRegistry(folder: string, mooring: string): Promise<DemoRegistry | null> {
  const program = installed();
  if (program === undefined) return null;
  const file = await configurationIn(resolve(folder), mooring);
  const child: ChildProcess = spawn(program, ['serve', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  return { address: `localhost:${PORT}`, stop: () => void child.kill('SIGTERM') };
}
