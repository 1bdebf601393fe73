import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { ServerFolder } from './server-folder.js';
import { ServerProcess } from './server-process.js';

const LOOK_AGAIN_MS = 20;

/** Starts a server with two workers, which log their requests, and waits until both answer. */
export async function startWithWorkers(folder: ServerFolder, changes: Record<string, string> = {}) {
  const server = await folder.start({ WORKERS: '2', LOG_LEVEL: 'debug', ...changes });
  await server.says('with 2 workers');
  return server;
}

/** The process ids of the workers of a server that have not ended (proc(5), /proc/PID/task/TID/children). */
export async function workersOf({ process: { pid } }: ServerProcess): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.split(' ').filter(Boolean).map(Number);
}

/** Waits until a process has ended. */
export async function endOf(pid: number): Promise<void> {
  while (await isAlive(pid)) await pause(LOOK_AGAIN_MS);
}

async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
}

/** Sends a request on a connection of its own; the connections go to the workers by turns. */
export function onNewConnection(url: string | URL, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, headers: { ...(init.headers as object), connection: 'close' } });
}

/** The numbers of the workers that have answered a request so far, each once. */
export function answeringWorkers({ output }: ServerProcess): number[] {
  const lines = output.split('\n').filter((line) => line.includes('request answered'));
  return [...new Set(lines.map((line) => (JSON.parse(line) as { worker: number }).worker))].sort();
}
