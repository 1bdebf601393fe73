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

/** Contexts whose lines are written whatever `LOG_LEVEL` is: they hold what would otherwise be lost. */
const UNCONDITIONAL: ReadonlySet<unknown> = new Set(['UnstoredAuditEvents']);

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/**
 * Writes the application's log as JSON lines, through the web server's logger. Fields come first, then the message:
 * `warn({ userId }, 'A grant could not be refreshed.')`.
 */
export class StructuredLogger implements LoggerService {
  private readonly unconditional: FastifyBaseLogger;

  constructor(private readonly logger: FastifyBaseLogger) {
    this.unconditional = logger.child({}, { level: 'trace' });
  }

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
    const logger = UNCONDITIONAL.has(context) ? this.unconditional : this.logger;
    if (message instanceof Error) logger[level]({ context, stack: message.stack }, message.message);
    else if (typeof message === 'string')
      logger[level]({ context, ...(more !== undefined && { stack: more }) }, message);
    else logger[level]({ context, ...(message as object) }, typeof more === 'string' ? more : undefined);
  }
}
