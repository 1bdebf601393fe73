import { readdir, readFile } from 'node:fs/promises';

/** Clock ticks per second in /proc (sysconf _SC_CLK_TCK), which is 100 on Linux whatever the kernel's own is (proc(5)). */
const TICKS = 100;
/** The places of utime and stime after the name of the program, which is in parentheses and may hold spaces. */
const [UTIME, STIME] = [11, 12];

async function ticksOf(pid: string): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[UTIME]) + Number(fields[STIME]);
}

/** A process and its descendants that run now, without those that have ended. */
export async function familyOf(pid: number): Promise<string[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => ''));
  const children = (await Promise.all(lists)).flatMap((list) => list.split(' ').filter(Boolean));
  const below = await Promise.all(children.map((child) => familyOf(Number(child))));
  return [String(pid), ...below.flat()];
}

/** The CPU time of a process with its threads and its children so far, in seconds; null if the system does not tell. */
export async function cpuSecondsOf(pid: number | undefined): Promise<number | null> {
  if (pid === undefined) return null;
  const family = await familyOf(pid);
  const ticks = await Promise.all(family.map((one) => ticksOf(one))).catch(() => null);
  return ticks && ticks.reduce((sum, one) => sum + one, 0) / TICKS;
}

/** The resident memory of the largest process of a family, in megabytes; null if the system does not tell. */
export async function largestMemoryOf(pid: number | undefined): Promise<number | null> {
  if (pid === undefined) return null;
  const sizes = (await familyOf(pid)).map(async (one) => {
    const status = await readFile(`/proc/${one}/status`, 'utf8').catch(() => '');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  });
  return Math.max(...(await Promise.all(sizes))) || null;
}
