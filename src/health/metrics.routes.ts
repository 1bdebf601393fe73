import type { FastifyInstance, FastifyRequest } from 'fastify';
import { timingSafeEqual } from 'node:crypto';
import type { MooringRequest } from '../access/access.decorators.js';
import { mayReadMetrics, Principal } from '../access/principal.js';
import { sha256 } from '../common/crypto/random-text.js';
import type { SecretText } from '../common/crypto/secret-text.js';
import { Forbidden, Unauthenticated } from '../common/errors/common.errors.js';
import { toPublicError } from '../common/errors/public-error.js';
import { OIDC_CALLBACK_PATH, OIDC_LOGIN_PATH, REGISTRY_TOKEN_PATH } from '../config/public-urls.js';
import { Metrics } from './metrics.js';
import { outcomeOf } from './request-outcome.js';

/** Who may read the metrics. */
export interface MetricsReaders {
  /** `METRICS_TOKEN`: it is known without the database, so that an outage of the database can be seen. */
  readonly token: SecretText | undefined;
  /** Returns the principal of a request; throws for wrong credentials. */
  readonly principalOf: (request: FastifyRequest) => Promise<Principal | null>;
}

/**
 * `/metrics`, for Prometheus. Guards do not cover plain routes, so it authenticates the caller itself; only METRICS and
 * ADMIN service tokens and the token of the operator may read it.
 */
export function addMetricsRoute(server: FastifyInstance, metrics: Metrics, readers: MetricsReaders): void {
  server.get('/metrics', async (request, reply) => {
    try {
      await demandReader(request, readers);
      return await reply
        .header('cache-control', 'no-store')
        .type(metrics.contentType)
        .send(await metrics.text());
    } catch (error) {
      const { status, code, message } = toPublicError(error, request.id);
      if (status === 401) reply.header('www-authenticate', 'Bearer');
      return reply.code(status).header('cache-control', 'no-store').send({ code, message });
    }
  });
}

async function demandReader(request: FastifyRequest, { token, principalOf }: MetricsReaders): Promise<void> {
  if (token && isBearerOf(request, token)) return;
  const principal = await principalOf(request);
  if (!principal) throw new Unauthenticated();
  if (mayReadMetrics(principal)) return;
  throw new Forbidden('Metrics are available only to METRICS and ADMIN service tokens, and with METRICS_TOKEN.');
}

function isBearerOf({ headers: { authorization = '' } }: FastifyRequest, token: SecretText): boolean {
  const [, presented = ''] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  return timingSafeEqual(Buffer.from(sha256(presented)), Buffer.from(sha256(token.reveal())));
}

/** Counts every request by its route. */
export function countRequests(server: FastifyInstance, metrics: Metrics): void {
  server.addHook('onRequest', ({ routeOptions }, _reply, done) => {
    metrics.request(routeOptions.url ?? 'none');
    done();
  });
}

/** The routes whose answers are timed, under the name that the metrics have for them. */
const ENDPOINTS: ReadonlyMap<string, string> = new Map([
  ['/graphql', 'graphql'],
  [REGISTRY_TOKEN_PATH, 'registry_token'],
  [OIDC_LOGIN_PATH, 'login'],
  [OIDC_CALLBACK_PATH, 'login_callback'],
]);

/** Counts and times the answers of the routes that people and registries wait for. Call it before they are added. */
export function timeAnswers(server: FastifyInstance, metrics: Metrics): void {
  server.addHook('onRoute', (route) => {
    const endpoint = ENDPOINTS.get(route.url);
    if (endpoint === undefined) return;
    // Only on these routes: a hook on every response costs time.
    const others = [route.onResponse ?? []].flat();
    route.onResponse = [
      ...others,
      (request, reply, done) => {
        const status = (request as MooringRequest).refusalStatus ?? reply.statusCode;
        metrics.answer(endpoint, outcomeOf(status), reply.elapsedTime / 1000);
        done();
      },
    ];
  });
}
