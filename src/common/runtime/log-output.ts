import { writeSync } from 'node:fs';

const STDOUT = 1;
const LOOK_AGAIN_MS = 10;
/** How long all lines together wait for a reader that takes nothing, until it takes something again. */
const LONGEST_WAIT_MS = 1_000;
const NEVER_NOTIFIED = new Int32Array(new SharedArrayBuffer(4));

/** Writes some of these bytes, and returns how many. */
export type WriteBytes = (bytes: Buffer) => number;

/**
 * An output for log lines. A line that can't be written, because the disk of the log is full, or its reader is gone or has
 * read nothing for a second, is lost: the logger's own output would throw into the request that logs, or block the process.
 * The line after one that was lost in its middle begins a new line. (A pipe in blocking mode blocks all the same.)
 */
export class LogOutput {
  private patienceMs: number;
  private isCut = false;

  constructor(
    private readonly writeBytes: WriteBytes,
    private readonly longestWaitMs = LONGEST_WAIT_MS,
  ) {
    this.patienceMs = longestWaitMs;
  }

  /** Writes a line, or loses it. */
  write(line: string): void {
    const bytes = Buffer.from(this.isCut ? `\n${line}` : line);
    let rest = bytes;
    try {
      while (rest.length > 0) rest = rest.subarray(this.writePart(rest));
      this.isCut = false;
    } catch {
      // There is no other place to tell it.
      this.isCut ||= rest.length < bytes.length;
    }
  }

  /** Writes as many bytes as fit; none if the reader of a pipe has to catch up. */
  private writePart(bytes: Buffer): number {
    try {
      const written = this.writeBytes(bytes);
      this.patienceMs = this.longestWaitMs;
      return written;
    } catch (error) {
      if ((error as { code?: string }).code !== 'EAGAIN' || this.patienceMs <= 0) throw error;
      Atomics.wait(NEVER_NOTIFIED, 0, 0, LOOK_AGAIN_MS);
      this.patienceMs -= LOOK_AGAIN_MS;
      return 0;
    }
  }
}

/** Standard output for log lines. */
export const logOutput = new LogOutput((bytes) => writeSync(STDOUT, bytes));
