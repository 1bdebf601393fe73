import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mooring } from './mooring-command.js';
import { ServerProcess } from './server-process.js';

/** The password of the built-in administrator in these installations. */
export const PASSWORD = 'Admin-password-1';

/** A finding in the JSON of `mooring doctor`. */
export interface DoctorFinding {
  readonly code: string;
  readonly severity: string;
  readonly found: string;
  readonly why: string;
  readonly fix: string | null;
}

/** An installation on a SQLite file, which is copied for each story. */
export class StoppedInstallation {
  private readonly copies: string[] = [];

  private constructor(readonly path: string) {}

  /** Starts and stops a server in a new folder. */
  static async make(prepare: (server: ServerProcess) => Promise<unknown> = () => Promise.resolve()) {
    const path = await mkdtemp(join(tmpdir(), 'mooring-stopped-'));
    const server = await ServerProcess.start({ ...variablesOf(path), ADMIN_PASSWORD: PASSWORD });
    await server.ready();
    await prepare(server);
    await server.end('SIGTERM');
    return new StoppedInstallation(path);
  }

  /** The folder of a new copy. */
  async copy(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'mooring-copied-'));
    await cp(this.path, path, { recursive: true });
    this.copies.push(path);
    return path;
  }

  async remove(): Promise<void> {
    for (const path of [this.path, ...this.copies]) await rm(path, { recursive: true, force: true });
  }
}

/** The environment variables of an installation in a folder. */
export function variablesOf(path: string): Record<string, string> {
  return { DATA_DIR: path, DATABASE_URL: `sqlite:${join(path, 'mooring.db')}`, NODE_ENV: 'production' };
}

/** Runs `mooring doctor --json`, and returns what it found, worse than a note, by severity and code. */
export async function doctor(variables: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { code, out, err } = await mooring(['doctor', '--json', ...args], { variables, cwd: variables.DATA_DIR });
  const { examinations, ...head } = JSON.parse(out) as {
    version: number;
    worst: string;
    examinations: { id: string; findings: DoctorFinding[] }[];
  };
  const findings = examinations.flatMap((one) => one.findings);
  const of = (severity: string) => findings.filter((one) => one.severity === severity).map((one) => one.code);
  return { exit: code, out, err, head, findings, errors: of('error'), warnings: of('warning'), unknown: of('unknown') };
}
