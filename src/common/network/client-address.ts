/**
 * The address of a request's client. Null if the client disconnected before its address was read: Node then no longer
 * knows it, although Fastify's types say otherwise.
 */
export function clientAddressOf({ ip }: { readonly ip?: string }): string | null {
  return ip ?? null;
}
