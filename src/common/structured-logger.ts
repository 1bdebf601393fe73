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

/** Writes what the application logs as JSON lines, through the web server's own logger. */
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
    this.write('warn', message, more.at(-1));
  }

  debug(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more.at(-1));
  }

  verbose(message: unknown, ...more: unknown[]): void {
    this.write('trace', message, more.at(-1));
  }

  private write(wanted: Level, message: unknown, context: unknown, stack?: unknown): void {
    const level = FRAMEWORK.has(context) ? 'debug' : wanted;
    const fields = { context, ...(stack !== undefined && { stack }) };
    if (message instanceof Error) this.logger[level]({ ...fields, stack: message.stack }, message.message);
    else if (typeof message === 'string') this.logger[level](fields, message);
    else this.logger[level]({ ...fields, ...(message as object) });
  }
}
