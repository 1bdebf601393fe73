import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportText } from '../../src/commands/doctor-report.js';
import type { ExaminedPart } from '../../src/doctor/index.js';
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

/** What `mooring doctor --json` prints. */
interface DoctorJson {
  readonly version: number;
  readonly worst: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly examinations: readonly (Omit<ExaminedPart, 'findings'> & { readonly findings: readonly DoctorFinding[] })[];
}

/** Runs `mooring doctor --json`, and returns what it found, by severity and code. */
export async function doctor(variables: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { code, out, err } = await mooring(['doctor', '--json', ...args], { variables, cwd: variables.DATA_DIR });
  const { examinations, ...head } = JSON.parse(out) as DoctorJson;
  const findings = examinations.flatMap((one) => one.findings);
  const of = (severity: string) => findings.filter((one) => one.severity === severity).map((one) => one.code);
  const ofInstallation = of('warning').filter((one) => !OF_THE_MACHINE.includes(one));
  const text = reportText(examinations as readonly ExaminedPart[], false);
  return {
    exit: code,
    out,
    err,
    head,
    findings,
    text,
    errors: of('error'),
    warnings: ofInstallation,
    unknown: of('unknown'),
  };
}

/** What the machine that runs the suite may be told, whatever the installation is. */
const OF_THE_MACHINE = [
  ...[
    'NODE_WITHOUT_FIXES',
    'DATABASE_PASSING_FILE',
    'OPEN_FILES_FEW',
    'MEMORY_SMALL',
    'WORKERS_OVER_CORES',
    'DISK_LOW',
  ],
];

/**
 * Keeps a report for docs/doctor-examples.md, where DOCTOR_EXAMPLES names a folder for that; folders and ports are made
 * neutral.
 */
export async function keepExample(name: string, text: string, folder: string): Promise<void> {
  const to = process.env.DOCTOR_EXAMPLES;
  if (!to) return;
  const ports: string[] = [];
  const neutral = text
    .replaceAll(folder, '/var/lib/mooring')
    .replaceAll(/(localhost|127\.0\.0\.1):(\d+)/g, (_place, host: string, port: string) => {
      if (!ports.includes(port)) ports.push(port);
      return `${host}:${8080 + ports.indexOf(port)}`;
    });
  await writeFile(join(to, `${name.replaceAll(/[^\w]+/g, '-')}.txt`), `${name}\n${neutral}`);
}
