import { Environment } from './env.js';

/**
 * The name and attributes of a cookie. It is Lax, not Strict, because the provider's redirect back must carry it. With
 * https it is Secure, and its prefix binds it to this host only (RFC 6265bis, section 4.1.3.2).
 */
export function browserCookie(environment: Environment, name: string) {
  const secure = environment.publicUrl.protocol === 'https:';
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  return { name: secure ? `__Host-${name}` : name, attributes };
}
