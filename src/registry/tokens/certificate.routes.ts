import type { FastifyInstance, FastifyReply } from 'fastify';
import { CERTIFICATE_PATH, NoSuchCertificate, ServiceKeys, SigningKeys } from '../keys/index.js';
import { RegistryServices } from './token-request.js';

/** What the routes of public keys use. */
export interface PublishedKeys {
  readonly keys: SigningKeys;
  readonly serviceKeys: ServiceKeys;
  readonly services: RegistryServices;
}

interface ServiceRoute {
  /** A wildcard, because the router takes longer names than its bound on parameters for an error of the server. */
  readonly Params: { readonly '*': string };
  readonly Querystring: { readonly next?: unknown };
}

/**
 * Adds the certificates for registries, and the key set for other programs, which holds no key of a service with a certificate
 * of its own. They are public; caches have to ask each time, since keys are rotated.
 */
export function addCertificateRoutes(scope: FastifyInstance, { keys, serviceKeys, services }: PublishedKeys): void {
  scope.get(CERTIFICATE_PATH, async (_request, reply) => {
    const { authority } = await keys.ring();
    return sendPem(reply, authority.certificate);
  });
  scope.get<ServiceRoute>(`${CERTIFICATE_PATH}/*`, async ({ params, query }, reply) => {
    const service = services.find(({ name, hasOwnCertificate }) => hasOwnCertificate && name === params['*']);
    if (!service) throw new NoSuchCertificate();
    const { all, announced } = await serviceKeys.published(service.name);
    if (query.next === undefined) return sendPem(reply, all.join(''));
    if (announced === undefined) throw new NoSuchCertificate();
    return sendPem(reply, announced);
  });
  scope.get('/.well-known/jwks.json', async (_request, reply) => {
    const published = await keys.publishedNow();
    return reply.header('cache-control', 'no-cache').send({ keys: published.map(({ jwk }) => jwk) });
  });
}

function sendPem(reply: FastifyReply, certificates: string): FastifyReply {
  return reply.type('application/x-pem-file').header('cache-control', 'no-cache').send(certificates);
}
