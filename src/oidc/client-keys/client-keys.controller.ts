import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../access/access.decorators.js';
import { OIDC_CLIENT_JWKS_PATH } from '../../config/public-urls.js';
import { ClientKeys } from './client-keys.service.js';

/**
 * The public keys of Mooring as a client of the provider (RFC 7517), in both auth modes: they are registered there first.
 * The keys of registry tokens are others, at another address.
 */
@Public()
@Controller()
export class ClientKeysController {
  constructor(private readonly keys: ClientKeys) {}

  @Get(OIDC_CLIENT_JWKS_PATH)
  async publish(@Res() reply: FastifyReply): Promise<void> {
    const published = await this.keys.published();
    await reply.header('cache-control', 'no-cache').send({ keys: published.map(({ jwk }) => jwk) });
  }
}
