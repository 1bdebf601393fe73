import type { FastifyPluginCallback } from 'fastify';

/**
 * Names the part of the web server that a function sets up, for Fastify's own reports (`printPlugins`). Without a name,
 * Fastify looks through all loaded modules for the function, twice at each start.
 */
export function namedScope(name: string, plugin: FastifyPluginCallback): FastifyPluginCallback {
  return Object.assign(plugin, { [Symbol.for('fastify.display-name')]: name });
}
