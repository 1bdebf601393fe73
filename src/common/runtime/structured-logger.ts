import { LoggerService } from '@nestjs/common';
import type { FastifyBaseLogger } from 'fastify';

/** Contexts of the framework's start-up messages. Its failures are among them, because our own start reports those. */
const FRAMEWORK: ReadonlySet<unknown> = new Set([
  'InstanceLoader',
  'NestFactory',
  'NestApplication',
  'RoutesResolver',
  'RouterExplorer',
  'ExceptionHandler',
]);

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/**
 * Writes the application's log as JSON lines, through the web server's logger. Fields come first, then the message:
 * `warn({ userId }, 'A grant could not be refreshed.')`.
 */
export class StructuredLogger implements LoggerService {
  constructor(private readonly logger: FastifyBaseLogger) {}

  log(message: unknown, context?: unknown): void {
    this.write('info', message, context);
  }

  fatal(message: unknown, ...more: unknown[]): void {
    this.write('fatal', message, more.at(-1));
  }

  error(message: unknown, ...more: unknown[]): void {
    this.write('error', message, more.at(-1), more.length > 1 ? more[0] : undefined);
  }

  warn(message: unknown, ...more: unknown[]): void {
    this.write('warn', message, more.at(-1), more.length > 1 ? more[0] : undefined);
  }

  debug(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more.at(-1));
  }

  verbose(message: unknown, ...more: unknown[]): void {
    this.write('trace', message, more.at(-1));
  }

  /** @param more after a text, the stack; after fields, the message */
  private write(wanted: Level, message: unknown, context: unknown, more?: unknown): void {
    const level = FRAMEWORK.has(context) ? 'debug' : wanted;
    if (message instanceof Error) this.logger[level]({ context, stack: message.stack }, message.message);
    else if (typeof message === 'string')
      this.logger[level]({ context, ...(more !== undefined && { stack: more }) }, message);
    else this.logger[level]({ context, ...(message as object) }, typeof more === 'string' ? more : undefined);
  }
}
