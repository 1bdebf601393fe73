import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { AddressInfo } from 'node:net';

const START_SECONDS = 30;

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Starts a child process of Node; what it logs goes to the standard error. */
export function startNode(args: readonly string[], variables: Record<string, string> = {}): ChildProcess {
  const env = { PATH: process.env.PATH, ...variables };
  return spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** What `npm start` hands to node, flags included, so that the figures are those of the server as it is started. */
export async function startArguments(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').slice(1);
}

/** How a child process ended: the signal or exit code; undefined while it runs. */
export const endOf = ({ signalCode, exitCode }: ChildProcess) => signalCode ?? exitCode ?? undefined;

/** Waits until a server answers at all; throws where its process ends before. */
export async function answers(url: string, child?: ChildProcess): Promise<void> {
  for (let tries = 0; tries < START_SECONDS * 10; tries++) {
    if (await fetch(url).catch(() => undefined)) return;
    const end = child && endOf(child);
    if (end !== undefined) throw new Error(`The server ended before it was ready (${end}).`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer within ${START_SECONDS} seconds.`);
}

/** Ends a child process that was started here. */
export async function end(child: ChildProcess): Promise<void> {
  if (endOf(child) !== undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** Resident memory of a process, now and at its peak, in megabytes; undefined where the system does not tell. */
export async function memoryOf(child: ChildProcess): Promise<{ now: number; peak: number } | undefined> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => undefined);
  if (status === undefined) return undefined;
  const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}
