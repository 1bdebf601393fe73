import fastifyCookie from '@fastify/cookie';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest, LogController } from 'fastify';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { DataSource } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { doLastTasks } from '../common/runtime/last-tasks.js';
import { logOutput } from '../common/runtime/log-output.js';
import { releaseOf } from '../common/runtime/release.js';
import { toPublicError } from '../common/errors/public-error.js';
import { StructuredLogger } from '../common/runtime/structured-logger.js';
import { Environment } from '../config/env.js';
import { basePathOf } from '../config/public-urls.js';
import { addHealthRoutes } from '../health/health.routes.js';
import { Readiness } from '../health/readiness.js';
import { tellReadiness } from '../health/readiness-log.js';
import { addRegistryRoutes } from '../registry/tokens/token.routes.js';
import { RegistryAudit } from '../registry/tokens/registry-audit.service.js';
import { RegistryTokens } from '../registry/tokens/registry-tokens.service.js';
import { ServiceKeys } from '../registry/keys/service-keys.service.js';
import { SigningKeys } from '../registry/keys/signing-keys.service.js';
import { addMetricsRoute, countRequests, timeAnswers } from '../health/metrics.routes.js';
import { Metrics } from '../health/metrics.js';
import { addPortalRoutes } from '../portal/portal.routes.js';
import { redirectBelow, rewriteBelow } from '../http/base-path.js';
import { requestIdsOf, returnRequestIds } from '../http/request-id.js';
import { addRequestLog, REQUEST_SERIALIZERS } from '../http/request-log.js';
import { securityHeadersOf } from '../http/security-headers.js';
import { Authenticator } from '../authentication/authenticator.js';
import { SingleUseService } from '../single-use/single-use.service.js';
import { noteForwarding, UnreadForwarding } from '../throttling/index.js';
import { SettingsAgreement } from '../settings/settings-agreement.service.js';
import { SettingsService } from '../settings/settings.service.js';
import { SETTINGS_ID, SettingsRow } from '../settings/settings.entity.js';
import { measureDatabase } from './measure-database.js';

const LARGEST_BODY_BYTES = 256 * 1024;
/** The time limit for receiving a request with its body, so that slow clients cannot hold connections open. */
const LONGEST_ARRIVAL_MS = 60_000;
/** Each process writes its own readiness row, so that no process waits for another. */
const PROCESS = randomUUID();

/** Where log lines go. */
export interface LogDestination {
  write(line: string): void;
}

/**
 * The web server. It does not log query strings, because they can hold authorization codes, nor headers or bodies.
 *
 * @param log where log lines go; standard output by default
 * @param worker the number of this process among the workers, for its log lines
 */
export function webServerOf(
  environment: Environment,
  log: LogDestination = logOutput,
  worker?: number,
): FastifyAdapter {
  const headers = securityHeadersOf(environment);
  const named = worker !== undefined && { base: { pid: process.pid, hostname: hostname(), worker } };
  return new FastifyAdapter({
    logger: { level: environment.logLevel, serializers: REQUEST_SERIALIZERS, stream: log, ...named },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIdsOf(environment.trustedProxies),
    // Log lines of a request name its id. A logger per request would cost more than all log lines together.
    childLoggerFactory: (logger: FastifyBaseLogger) => logger,
    bodyLimit: LARGEST_BODY_BYTES,
    requestTimeout: LONGEST_ARRIVAL_MS,
    trustProxy: trustProxyOf(environment),
    forceCloseConnections: 'idle',
    ...rewriteBelow(basePathOf(environment)),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      refuseTarget(error, request, reply, headers),
  });
}

/**
 * Given only a number, Fastify trusts no proxy; a function does it. The operator guarantees that requests arrive only
 * through the proxies.
 */
function trustProxyOf({ trustedProxies }: Environment) {
  if (typeof trustedProxies === 'number') return (_address: string, hop: number) => hop < trustedProxies;
  return trustedProxies.length > 0 && [...trustedProxies];
}

/** Sets up the application, for the server's start and for the tests. */
export async function configureApp(app: NestFastifyApplication, environment: Environment): Promise<void> {
  const server = app.getHttpAdapter().getInstance();
  app.useLogger(new StructuredLogger(server.log));
  // Ends with 0: a supervisor takes a death by the signal itself for a failure, and PID 1 can't die by it.
  app.enableShutdownHooks([], { useProcessExit: true });
  server.addHook('onClose', doLastTasks);
  keepAddresses(server);
  returnRequestIds(server, environment.trustedProxies);
  noteForwarding(server, app.get(UnreadForwarding, { strict: false }));
  await app.register(fastifyCookie);
  addSecurityHeaders(server, environment);
  redirectBelow(server, basePathOf(environment));
  const metrics = app.get(Metrics);
  countRequests(server, metrics);
  timeAnswers(server, metrics);
  if (['debug', 'trace'].includes(environment.logLevel)) addRequestLog(server);
  const readiness = readinessOf(app);
  const agreement = app.get(SettingsAgreement, { strict: false });
  addHealthRoutes(server, readiness, () => agreement.isAgreed);
  measureDatabase(app);
  metrics.describe(
    releaseOf(import.meta.dirname),
    async () => (await readiness.problem()) === null,
    () => agreement.isAgreed,
  );
  await addRegistryRoutes(server, {
    tokens: app.get(RegistryTokens),
    keys: app.get(SigningKeys),
    serviceKeys: app.get(ServiceKeys),
    audit: app.get(RegistryAudit),
    services: environment.registryServices,
    browserOrigins: async () => (await app.get(SettingsService).catchUp()).general.registryUiOrigins,
  });
  const authenticator = app.get(Authenticator, { strict: false });
  const principalOf = (request: FastifyRequest) => authenticator.principalOf(request);
  addMetricsRoute(server, metrics, { token: environment.metricsToken, principalOf });
  await addPortalRoutes(server, { basePath: basePathOf(environment) });
}

/** The probe reads the settings row, which every request needs, and writes a mark that expires. */
function readinessOf(app: NestFastifyApplication): Readiness {
  const installed = app.get(DataSource).getRepository(SettingsRow);
  const marks = app.get(SingleUseService, { strict: false });
  const read = () => installed.findOneOrFail({ where: { id: SETTINGS_ID }, select: { id: true } });
  return new Readiness({ read, write: () => marks.mark('readiness', PROCESS) }, app.get(Clock), tellReadiness);
}

/**
 * Node forgets the address of a disconnected client unless it was read before. Reading it at once means that clients
 * cannot escape rate limits by disconnecting.
 */
function keepAddresses({ server }: FastifyInstance): void {
  server.on('connection', (socket) => void socket.remoteAddress);
}

/** The paths that only programs read. */
const FOR_PROGRAMS = new Set(['/graphql', '/service/token', '/service/certificate', '/service/certificate/*']);

/** Responses that only programs read get the one header that matters there; all others get the full set. */
function addSecurityHeaders(server: FastifyInstance, environment: Environment): void {
  const headers = securityHeadersOf(environment);
  server.addHook('onRequest', (request, reply, done) => {
    if (FOR_PROGRAMS.has(request.routeOptions.url ?? '')) reply.header('x-content-type-options', 'nosniff');
    else reply.headers(headers);
    done();
  });
}

/** Fastify rejects a target that cannot be decoded before routing, so no hook runs; the headers are set here. */
function refuseTarget(
  error: Error,
  { id }: FastifyRequest,
  reply: FastifyReply,
  headers: Readonly<Record<string, string>>,
): void {
  const { status, code, message } = toPublicError(error, id);
  void reply.code(status).headers(headers).header('cache-control', 'no-store').send({ code, message });
}
