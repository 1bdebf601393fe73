import { LoggerService } from '@nestjs/common';

/** The levels of log lines, in the words of the log. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** Translates the calls of the framework's logger into the levels of the log. */
export abstract class LeveledLogger implements LoggerService {
  log(message: unknown, ...more: unknown[]): void {
    this.write('info', message, more);
  }

  fatal(message: unknown, ...more: unknown[]): void {
    this.write('fatal', message, more);
  }

  error(message: unknown, ...more: unknown[]): void {
    this.write('error', message, more);
  }

  warn(message: unknown, ...more: unknown[]): void {
    this.write('warn', message, more);
  }

  debug(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more);
  }

  verbose(message: unknown, ...more: unknown[]): void {
    this.write('trace', message, more);
  }

  /** Writes one line; fields come first, then the message. */
  protected abstract write(level: LogLevel, message: unknown, more: readonly unknown[]): void;
}
