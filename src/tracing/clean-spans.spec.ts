import { describe, expect, it } from '@jest/globals';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-node';
import { CleanSpans, maskedStatement } from './clean-spans.js';

const [INTERNAL, CLIENT] = [0, 2];

describe(CleanSpans, () => {
  const sent: ReadableSpan[] = [];
  const next: Partial<SpanProcessor> = { onEnd: (span) => void sent.push(span) };
  const spans = new CleanSpans(next as SpanProcessor);
  const sentOf = (span: object): unknown => {
    sent.length = 0;
    spans.onEnd({ attributes: {}, status: { code: 0 }, events: [], ...span } as unknown as ReadableSpan);
    return sent[0];
  };

  it('takes query strings and the texts of errors out', () => {
    const attributes = {
      'url.path': '/c/oidc/callback?code=x',
      'url.full': 'https://idp.example.com/a?b=c#d',
      'url.query': '?b=c',
      'http.route': '/c/oidc/callback',
    };
    const events = [
      { attributes: { 'exception.type': 'Error', 'exception.message': 'x', 'exception.stacktrace': 'y' } },
    ];
    expect(
      sentOf({ kind: INTERNAL, attributes, events, status: { code: 2, message: "Duplicate entry 'lin'" } }),
    ).toEqual({
      kind: INTERNAL,
      attributes: {
        'url.path': '/c/oidc/callback',
        'url.full': 'https://idp.example.com/a',
        'http.route': '/c/oidc/callback',
      },
      events: [{ attributes: { 'exception.type': 'Error' } }],
      status: { code: 2 },
    });
  });

  it('drops what no request has caused', () => {
    expect(sentOf({ kind: CLIENT })).toBeUndefined();
    expect(sentOf({ kind: CLIENT, parentSpanContext: {} })).toBeDefined();
  });
});

describe(maskedStatement, () => {
  it.each([
    ["SELECT * FROM users WHERE name = 'lin' AND age > 30", 'SELECT * FROM users WHERE name = ? AND age > ?'],
    ["SELECT 'it''s', 'a\\'b', \"c\"", 'SELECT ?, ?, ?'],
    ["SELECT 'cut off", 'SELECT ?'],
    ['UPDATE t1 SET a = ? WHERE id IN (?, ?)', 'UPDATE t1 SET a = ? WHERE id IN (?, ?)'],
  ])('masks the values in %j', (sql, masked) => {
    expect(maskedStatement(sql)).toBe(masked);
  });
});
