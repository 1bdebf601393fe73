import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clientAddressOf } from '../../common/network/client-address.js';
import { namedScope } from '../../common/runtime/named-scope.js';
import { REGISTRY_TOKEN_PATH } from '../../config/public-urls.js';
import { allowOrigins, BrowserOrigins } from './browser-origins.js';
import { RegistryAudit } from './registry-audit.service.js';
import { registryErrorOf } from '../protocol/index.js';
import { RegistryTokens } from './registry-tokens.service.js';
import { ServiceKeys, SigningKeys } from '../keys/index.js';
import { addCertificateRoutes } from './certificate.routes.js';
import { IssuedToken } from './token-issuer.service.js';
import { formRequest, queryRequest, RegistryServices, TokenParameters, TokenRequest } from './token-request.js';

/** The services that the registry's routes use. */
export interface RegistryParts {
  readonly tokens: RegistryTokens;
  readonly keys: SigningKeys;
  readonly serviceKeys: ServiceKeys;
  readonly audit: RegistryAudit;
  /** The registries that tokens are issued for (`REGISTRY_SERVICE`, `REGISTRY_SERVICES`). */
  readonly services: RegistryServices;
  readonly browserOrigins: BrowserOrigins;
}

type ReadRequest = (
  parameters: TokenParameters,
  header: string | undefined,
  services: RegistryServices,
) => TokenRequest;

const LARGEST_FORM_BYTES = 64 * 1024;
const STRING = { type: 'string' };
const ANSWER = {
  type: 'object',
  properties: {
    token: STRING,
    access_token: STRING,
    expires_in: { type: 'integer' },
    issued_at: STRING,
    scope: STRING,
  },
};

/**
 * Adds the token service for registry clients and the public keys for registries. These are plain routes outside the access
 * guard: `/service/token` authenticates by itself and ignores cookies; the keys are public. Errors have the form that
 * registry clients read.
 */
export async function addRegistryRoutes(server: FastifyInstance, parts: RegistryParts): Promise<void> {
  const routes = namedScope('registry', (scope, _options, done) => {
    scope.setErrorHandler(async (error, request, reply) => {
      await parts.audit.write(error, request);
      const { status, headers, body } = registryErrorOf(error, request.id);
      return reply.code(status).headers(headers).header('cache-control', 'no-store').send(body);
    });
    addCertificateRoutes(scope, parts);
    const tokenRoutes = namedScope('registry tokens', (tokens, _unused, over) => {
      allowOrigins(tokens, REGISTRY_TOKEN_PATH, parts.browserOrigins);
      addForms(tokens);
      addTokenRoutes(tokens, parts);
      over();
    });
    void scope.register(tokenRoutes);
    done();
  });
  await server.register(routes);
}

function addForms(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  const options = { parseAs: 'string' as const, bodyLimit: LARGEST_FORM_BYTES };
  scope.addContentTypeParser<string>('application/x-www-form-urlencoded', options, (_request, body, done) => {
    const form = new URLSearchParams(body);
    const names = new Set(form.keys());
    const valuesOf = (name: string) => (form.getAll(name).length > 1 ? form.getAll(name) : (form.get(name) ?? ''));
    done(null, Object.fromEntries([...names].map((name) => [name, valuesOf(name)])));
  });
}

function addTokenRoutes(scope: FastifyInstance, { tokens, services, audit }: RegistryParts): void {
  const schema = { response: { 200: ANSWER } };
  const answer = async (read: ReadRequest, parameters: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const wanted = read((parameters ?? {}) as TokenParameters, request.headers.authorization, services);
    const { token, subject } = await tokens.issueFor(wanted, clientAddressOf(request));
    audit.noteSuccess(subject, request);
    reply.header('cache-control', 'no-store');
    return token;
  };
  scope.get(REGISTRY_TOKEN_PATH, { schema }, async (request, reply) =>
    answerOf(await answer(queryRequest, request.query, request, reply)),
  );
  scope.post(REGISTRY_TOKEN_PATH, { schema }, async (request, reply) => {
    const issued = await answer(formRequest, request.body, request, reply);
    return { ...answerOf(issued), scope: scopeOf(issued) };
  });
}

function answerOf({ token, issuedAt, expiresInSeconds }: IssuedToken) {
  return { token, access_token: token, expires_in: expiresInSeconds, issued_at: issuedAt.toISOString() };
}

function scopeOf({ granted }: IssuedToken): string {
  return granted.map(({ type, name, actions }) => `${type}:${name}:${actions.join(',')}`).join(' ');
}
