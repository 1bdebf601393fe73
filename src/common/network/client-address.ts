/**
 * Where a request comes from. Null where the client has gone away before its address could be read: Node then knows none
 * any longer, whatever Fastify's types say.
 */
export function clientAddressOf({ ip }: { readonly ip?: string }): string | null {
  return ip ?? null;
}
