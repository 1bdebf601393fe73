import { LoggerService } from '@nestjs/common';
import type { FastifyBaseLogger } from 'fastify';

/** What the framework says of its own start, failures included: those are told by who started it. */
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
 * Writes what the application logs as JSON lines, through the web server's own logger. Fields come first, and then the
 * sentence that they belong to: `warn({ userId }, 'A grant could not be refreshed.')`.
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

  /** @param more after a text, a stack; after fields, the sentence */
  private write(wanted: Level, message: unknown, context: unknown, more?: unknown): void {
    const level = FRAMEWORK.has(context) ? 'debug' : wanted;
    if (message instanceof Error) this.logger[level]({ context, stack: message.stack }, message.message);
    else if (typeof message === 'string')
      this.logger[level]({ context, ...(more !== undefined && { stack: more }) }, message);
    else this.logger[level]({ context, ...(message as object) }, typeof more === 'string' ? more : undefined);
  }
}
