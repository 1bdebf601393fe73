import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { lockFile } from './lock.js';

// Runs one part of the demo: attendant.ts LOCK PROGRAM ARGUMENTS... It ends the part at SIGTERM, and when its standard
// input ends: that is a pipe from the demo, so a demo that was killed leaves nothing behind.

const GRACE_MS = 10_000;
const HUNG_UP_MS = 5_000;
const [lock = '', program = '', ...args] = process.argv.slice(2);

const held = lockFile(lock, 'shared', GRACE_MS);
const part = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });

function end(patience: number): void {
  part.kill('SIGTERM');
  setTimeout(() => part.kill('SIGKILL'), patience);
}

process.once('SIGTERM', () => end(GRACE_MS));
process.stdin.once('end', () => end(HUNG_UP_MS)).resume();
part.once('error', (error) => {
  process.stderr.write(`${program} can't be started: ${error.message}\n`);
  process.exit(1);
});
part.once('exit', (code, signal) => {
  held?.release();
  process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0));
});
