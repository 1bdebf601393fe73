import { FastifyOtelInstrumentation } from '@fastify/otel';
import { diag, DiagLogger, DiagLogLevel, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { MySQL2Instrumentation } from '@opentelemetry/instrumentation-mysql2';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { JsonLogger } from '../common/runtime/json-logger.js';
import { beforeEnd } from '../common/runtime/last-tasks.js';
import { logOutput } from '../common/runtime/log-output.js';
import { releaseOf } from '../common/runtime/release.js';
import { CleanSpans, maskedStatement } from './clean-spans.js';
import { dropForeignParents } from './foreign-parents.js';
import { traceStatements } from './statement-spans.js';

const CONTEXT = 'Tracing';
const LONGEST_COMPLAINT = 500;
const NOT_TRACED = new Set(['/health/live', '/health/ready', '/metrics']);

const logger = new JsonLogger('info', logOutput);

/**
 * Traces the requests of this process, with their statements and their requests to the provider, as the standard variables of
 * OpenTelemetry say (`OTEL_*`). Call it before anything of the server is loaded.
 */
export function startTracing(): void {
  dropForeignParents();
  const { OTEL_SDK_DISABLED, OTEL_TRACES_EXPORTER: exporter = 'otlp' } = process.env;
  if (OTEL_SDK_DISABLED?.toLowerCase() === 'true' || exporter === 'none') return;
  warnOfUnread(exporter);
  diag.setLogger(asLogLines(), DiagLogLevel.WARN);
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'mooring',
      'service.version': releaseOf(import.meta.dirname),
    }).merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new CleanSpans(new BatchSpanProcessor(new OTLPTraceExporter()))],
  });
  // Without baggage: what a client sends must not be passed on to the provider.
  provider.register({ propagator: new W3CTraceContextPropagator() });
  registerInstrumentations({ tracerProvider: provider, instrumentations: instrumentations() });
  traceStatements(trace.getTracer('mooring'));
  beforeEnd(() => provider.forceFlush());
  logger.log('Requests are traced.', CONTEXT);
}

function instrumentations() {
  return [
    new FastifyOtelInstrumentation({
      registerOnInitialization: true,
      instrumentHooks: false,
      instrumentHandler: false,
      recordExceptions: false,
      // eslint-disable-next-line no-restricted-syntax -- it is given nothing else; another spelling gets a span, and no more
      ignorePaths: ({ url }) => NOT_TRACED.has(url.replace(/[?#].*/s, '')),
      requestHook: (span, request) => {
        span.updateName(`${request.method} ${request.routeOptions.url ?? 'none'}`);
        span.setAttribute('mooring.request_id', request.id);
      },
    }),
    new MySQL2Instrumentation({ maskStatement: true, maskStatementHook: maskedStatement }),
    new UndiciInstrumentation({ requireParentforSpans: true }),
  ];
}

/** Some variables of OpenTelemetry choose what is not there; they are not silently ignored. */
function warnOfUnread(exporter: string): void {
  const { OTEL_EXPORTER_OTLP_PROTOCOL, OTEL_EXPORTER_OTLP_TRACES_PROTOCOL = OTEL_EXPORTER_OTLP_PROTOCOL } = process.env;
  if (exporter !== 'otlp') logger.warn('OTEL_TRACES_EXPORTER: only otlp and none are known; otlp is used.', CONTEXT);
  if ((OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? 'http/json') === 'http/json') return;
  const remedy = 'the endpoint has to be that of OTLP over HTTP, usually port 4318.';
  logger.warn(`OTEL_EXPORTER_OTLP_PROTOCOL: only http/json is known and used; ${remedy}`, CONTEXT);
}

/** The complaints of OpenTelemetry as lines of our log: a collector that is away is nothing that breaks the server. */
function asLogLines(): DiagLogger {
  const warn = (message: string) => logger.warn(message.slice(0, LONGEST_COMPLAINT), CONTEXT);
  const ignore = () => undefined;
  return { error: warn, warn, info: ignore, debug: ignore, verbose: ignore };
}
