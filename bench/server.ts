import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** Ample for a busy machine: a server that cannot start exits by itself. */
const START_SECONDS = 300;
const POLL_MS = 10;

let profiling: readonly string[] = [];

/** Has each process that is started from now on write a CPU profile of each of its threads into a folder when it ends. */
export function profileInto(folder: string): void {
  profiling = ['--cpu-prof', `--cpu-prof-dir=${resolve(folder)}`];
}

/** Starts a child process of Node; its log goes to standard error. */
export function startNode(args: readonly string[], variables: Record<string, string> = {}): ChildProcess {
  const env = { PATH: process.env.PATH, ...variables };
  return spawn(process.execPath, [...profiling, ...args], { env, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** The arguments that `npm start` passes to Node, flags included, so that the server is measured as it is run. */
export async function startArguments(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: { start: string } };
  const words = scripts.start.split(' ');
  return words.slice(words.indexOf('node') + 1);
}

/** How a child process ended: the signal or exit code; undefined while it runs. */
export const endOf = ({ signalCode, exitCode }: ChildProcess) => signalCode ?? exitCode ?? undefined;

/** Waits until a server answers; throws if its process ends first. */
export async function answers(url: string, child?: ChildProcess): Promise<void> {
  for (let tries = 0; tries < START_SECONDS * 10; tries++) {
    if (await fetch(url).catch(() => undefined)) return;
    const end = child && endOf(child);
    if (end !== undefined) throw new Error(`The server ended before it was ready (${end}).`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer within ${START_SECONDS} seconds.`);
}

/**
 * Waits until an address answers with 2xx; throws if the process ends first, or after that many seconds. It asks often, so that
 * the time until then is measured well.
 *
 * @param headers of the request
 */
export async function ready(
  url: string,
  child: ChildProcess,
  seconds: number,
  headers: Record<string, string> = {},
): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (performance.now() < deadline) {
    const response = await fetch(url, { headers }).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok) return;
    const end = endOf(child);
    if (end !== undefined) throw new Error(`The server ended before it was ready (${end}).`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`${url} was not ready within ${seconds} seconds.`);
}

/** Ends a child process. */
export async function end(child: ChildProcess): Promise<void> {
  if (endOf(child) !== undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** The resident memory of a process, current and peak, in megabytes; undefined if the system does not report it. */
export async function memoryOf(child: ChildProcess): Promise<{ now: number; peak: number } | undefined> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => undefined);
  if (status === undefined) return undefined;
  const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}
