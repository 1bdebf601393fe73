import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clientAddressOf } from '../../common/network/client-address.js';
import { allowOrigins, BrowserOrigins } from './browser-origins.js';
import { RegistryAudit } from './registry-audit.service.js';
import { registryErrorOf } from '../protocol/index.js';
import { RegistryTokens } from './registry-tokens.service.js';
import { SigningKeys } from '../keys/index.js';
import { IssuedToken } from './token-issuer.service.js';
import { formRequest, queryRequest, TokenParameters, TokenRequest } from './token-request.js';

/** The services that the registry's routes use. */
export interface RegistryParts {
  readonly tokens: RegistryTokens;
  readonly keys: SigningKeys;
  readonly audit: RegistryAudit;
  /** The service name that registries and their clients send (`REGISTRY_SERVICE`). */
  readonly service: string;
  readonly browserOrigins: BrowserOrigins;
}

type ReadRequest = (parameters: TokenParameters, header: string | undefined, service: string) => TokenRequest;

const TOKEN_PATH = '/service/token';
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
  await server.register((scope, _options, done) => {
    scope.setErrorHandler(async (error, request, reply) => {
      await parts.audit.write(error, request);
      const { status, headers, body } = registryErrorOf(error, request.id);
      return reply.code(status).headers(headers).header('cache-control', 'no-store').send(body);
    });
    addKeyRoutes(scope, parts.keys);
    void scope.register((tokens, _unused, over) => {
      allowOrigins(tokens, TOKEN_PATH, parts.browserOrigins);
      addForms(tokens);
      addTokenRoutes(tokens, parts);
      over();
    });
    done();
  });
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

function addTokenRoutes(scope: FastifyInstance, { tokens, service }: RegistryParts): void {
  const schema = { response: { 200: ANSWER } };
  const answer = async (read: ReadRequest, parameters: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const wanted = read((parameters ?? {}) as TokenParameters, request.headers.authorization, service);
    const issued = await tokens.issueFor(wanted, clientAddressOf(request));
    reply.header('cache-control', 'no-store');
    return issued;
  };
  scope.get(TOKEN_PATH, { schema }, async (request, reply) =>
    answerOf(await answer(queryRequest, request.query, request, reply)),
  );
  scope.post(TOKEN_PATH, { schema }, async (request, reply) => {
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

function addKeyRoutes(scope: FastifyInstance, keys: SigningKeys): void {
  scope.get('/service/certificate', async (_request, reply) => {
    const { authority } = await keys.ring();
    return reply.type('application/x-pem-file').header('cache-control', 'no-cache').send(authority.certificate);
  });
  scope.get('/.well-known/jwks.json', async (_request, reply) => {
    const published = await keys.publishedNow();
    return reply.header('cache-control', 'no-cache').send({ keys: published.map(({ jwk }) => jwk) });
  });
}
