import { Environment } from './env.js';

/**
 * The name and attributes of a cookie of ours. Lax and not Strict: the provider's redirect back must carry it. Where
 * browsers use https it is Secure, and the prefix binds it to this very host (RFC 6265bis, section 4.1.3.2).
 */
export function browserCookie(environment: Environment, name: string) {
  const secure = environment.publicUrl.protocol === 'https:';
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  return { name: secure ? `__Host-${name}` : name, attributes };
}
