import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const SCRIPT = resolve('dist/src/mooring.js');

/** What a run of a command has said, and its exit code. */
export interface CommandRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What a command finds. */
interface Surroundings {
  /** The working directory; that of the tests by default. */
  readonly cwd?: string;
  /** Its only environment variables, besides PATH. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What is on its standard input. */
  readonly input?: string;
}

/** Runs the built `mooring` command to its end. */
export async function mooring(args: readonly string[], { cwd, variables, input = '' }: Surroundings = {}) {
  const env = { PATH: process.env.PATH, ...variables };
  const command = spawn(process.execPath, [SCRIPT, ...args], { cwd, env, stdio: 'pipe' });
  command.stdin.end(input);
  const [out, err] = [text(command.stdout), text(command.stderr)];
  const [code] = (await once(command, 'close')) as [number | null];
  return { code, out: await out, err: await err } satisfies CommandRun;
}
