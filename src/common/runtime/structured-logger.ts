import { LoggerService } from '@nestjs/common';
import type { FastifyBaseLogger } from 'fastify';
import { logContentOf } from './log-fields.js';

/** Contexts of the framework's start-up messages. Its failures are among them, because our own start reports those. */
const FRAMEWORK: ReadonlySet<unknown> = new Set([
  'InstanceLoader',
  'NestFactory',
  'NestApplication',
  'RoutesResolver',
  'RouterExplorer',
  'ExceptionHandler',
  'GraphQLModule',
]);

/** Contexts whose lines are written whatever `LOG_LEVEL` is: what was asked for by `AUDIT_LOG`, or would otherwise be lost. */
const UNCONDITIONAL: ReadonlySet<unknown> = new Set(['AuditEvents', 'UnstoredAuditEvents']);

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

  private write(wanted: Level, message: unknown, more: readonly unknown[]): void {
    const { fields, msg } = logContentOf(message, more);
    const level = FRAMEWORK.has(fields.context) ? 'debug' : wanted;
    const logger = UNCONDITIONAL.has(fields.context) ? this.unconditional : this.logger;
    logger[level](fields, msg);
  }
}
