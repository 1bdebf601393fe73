import { cpuUsage } from 'node:process';

/** The CPU time of this process so far, in milliseconds; unlike wall-clock time, it does not grow while other processes run. */
export function cpuTime(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
}
