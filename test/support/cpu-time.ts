import { cpuUsage } from 'node:process';

/** The CPU time that this process has used so far, in milliseconds: on a busy machine it does not grow while others run. */
export function cpuTime(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
}
