import { hostname } from 'node:os';
import { Clock } from './clock.js';
import { LeveledLogger, LogLevel } from './leveled-logger.js';
import { logContentOf } from './log-fields.js';

/** The levels with their numbers, as the workers' logger has them (pino). */
const LEVELS = { fatal: 60, error: 50, warn: 40, info: 30, debug: 20, trace: 10 } as const;

/** Writes log lines as the workers do, without the web server whose logger they use. Fields come first, then the message. */
export class JsonLogger extends LeveledLogger {
  private readonly clock = new Clock();
  private readonly least: number;

  /**
   * @param level the least severe level that is written; `silent` for none
   * @param output where lines go
   */
  constructor(
    level: string,
    private readonly output: { write(line: string): void },
  ) {
    super();
    this.least = LEVELS[level as LogLevel] ?? Infinity;
  }

  protected override write(level: LogLevel, message: unknown, more: readonly unknown[]): void {
    if (LEVELS[level] < this.least) return;
    const { fields, msg } = logContentOf(message, more);
    const head = { level: LEVELS[level], time: this.clock.now().getTime(), pid: process.pid, hostname: hostname() };
    this.output.write(`${JSON.stringify({ ...head, ...fields, msg })}\n`);
  }
}
