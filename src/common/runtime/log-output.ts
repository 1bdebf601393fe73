import { writeSync } from 'node:fs';

const STDOUT = 1;
const LOOK_AGAIN_MS = 10;
const NEVER_NOTIFIED = new Int32Array(new SharedArrayBuffer(4));

/** Writes as many bytes as fit; none if the reader of a pipe has to catch up. */
function writePart(bytes: Buffer): number {
  try {
    return writeSync(STDOUT, bytes);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EAGAIN') throw error;
    Atomics.wait(NEVER_NOTIFIED, 0, 0, LOOK_AGAIN_MS);
    return 0;
  }
}

/**
 * Standard output for log lines. A line that can't be written, because the disk of the log is full or its reader is gone, is
 * lost: the logger's own output would throw into the request that logs, and then block the process.
 */
export const logOutput = {
  write(line: string): void {
    try {
      for (let rest = Buffer.from(line); rest.length > 0;) rest = rest.subarray(writePart(rest));
    } catch {
      // There is no other place to tell it.
    }
  },
};
