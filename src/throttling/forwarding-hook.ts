import type { FastifyInstance } from 'fastify';
import { clientAddressOf } from '../common/network/client-address.js';
import { UnreadForwarding } from './unread-forwarding.service.js';

/** Lets every request that names a client in a header be noted. Other requests cost two look-ups. */
export function noteForwarding(server: FastifyInstance, unread: UnreadForwarding): void {
  server.addHook('onRequest', (request, _reply, done) => {
    const { headers, ips } = request;
    if (headers['x-forwarded-for'] ?? headers.forwarded) unread.note(clientAddressOf(request), headers, ips);
    done();
  });
}
