import type { FastifyBaseLogger } from 'fastify';
import { LeveledLogger, LogLevel } from './leveled-logger.js';
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

/**
 * Writes the application's log as JSON lines, through the web server's logger. Fields come first, then the message:
 * `warn({ userId }, 'A grant could not be refreshed.')`.
 */
export class StructuredLogger extends LeveledLogger {
  private readonly unconditional: FastifyBaseLogger;

  constructor(private readonly logger: FastifyBaseLogger) {
    super();
    this.unconditional = logger.child({}, { level: 'trace' });
  }

  protected override write(wanted: LogLevel, message: unknown, more: readonly unknown[]): void {
    const { fields, msg } = logContentOf(message, more);
    const level = FRAMEWORK.has(fields.context) ? 'debug' : wanted;
    const logger = UNCONDITIONAL.has(fields.context) ? this.unconditional : this.logger;
    logger[level](fields, msg);
  }
}
