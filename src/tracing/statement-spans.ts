import { Span, SpanKind, SpanStatusCode, trace, Tracer } from '@opentelemetry/api';
import { statements } from '../common/persistence/statement-times.js';
import { maskedStatement } from './clean-spans.js';

/**
 * Makes a span of each SQLite statement that a request causes. Those of a database server have spans by its driver. What
 * several requests read in one statement is in the trace of the first of them.
 */
export function traceStatements(tracer: Tracer): void {
  const running = new WeakMap<object, Span>();
  statements.subscribe({
    start: (statement) => {
      const { engine, kind, sql } = statement;
      if (engine !== 'sqlite' || !trace.getActiveSpan()) return;
      const attributes = { 'db.system.name': 'sqlite', 'db.query.text': maskedStatement(sql) };
      running.set(statement, tracer.startSpan(`sqlite ${kind}`, { kind: SpanKind.CLIENT, attributes }));
    },
    end: () => undefined,
    error: (statement) => void running.get(statement)?.setStatus({ code: SpanStatusCode.ERROR }),
    asyncStart: () => undefined,
    asyncEnd: (statement) => running.get(statement)?.end(),
  });
}
