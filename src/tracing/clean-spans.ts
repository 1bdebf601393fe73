import type { Context } from '@opentelemetry/api';
import { SpanKind } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace-node';

/** Attributes whose value ends where the query string would begin: it may hold an authorization code. */
const ADDRESSES = ['url.full', 'url.path', 'http.url', 'http.target'];
/** Attributes that are left out. Texts of errors can quote values: a duplicate e-mail address, for instance. */
const SECRET = ['url.query', 'exception.message', 'exception.stacktrace'];
const LONGEST_STATEMENT = 2_000;

type Values = Record<string, unknown>;

/** A statement without the values that may stand in its text; those that it is given are placeholders anyway. */
export function maskedStatement(sql: string): string {
  const masked = sql.slice(0, LONGEST_STATEMENT).replace(/'(?:[^'\\]|\\.|'')*'?|"(?:[^"\\]|\\.)*"?/gs, '?');
  return masked.replace(/\b\d+\b/g, '?');
}

function clean(values: Values): void {
  for (const name of SECRET) delete values[name];
  for (const name of ADDRESSES) {
    const value = values[name];
    if (typeof value === 'string') values[name] = value.replace(/[?#].*/s, '');
  }
}

/**
 * Takes out of each span what must not leave the process, whoever has put it in: query strings, and the texts of errors. Drops
 * statements and requests that belong to no request of a client, such as those of the readiness probe.
 */
export class CleanSpans implements SpanProcessor {
  constructor(private readonly next: SpanProcessor) {}

  onStart(span: Span, parent: Context): void {
    this.next.onStart(span, parent);
  }

  onEnd(span: ReadableSpan): void {
    if (span.kind === SpanKind.CLIENT && !span.parentSpanContext) return;
    clean(span.attributes);
    delete (span.status as { message?: string }).message;
    for (const { attributes } of span.events) if (attributes) clean(attributes);
    this.next.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.next.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.next.shutdown();
  }
}
