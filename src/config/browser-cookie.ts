import { Environment } from './env.js';
import { basePathOf } from './public-urls.js';

/**
 * The name and attributes of a cookie. It is Lax, not Strict, because the provider's redirect back must carry it. With
 * https it is Secure, and its prefix binds it to this host only (RFC 6265bis, section 4.1.3.2). Below a path it is sent to
 * that path only; `__Host-` would demand `/`, so its prefix then says no more than Secure (section 4.1.3.1).
 */
export function browserCookie(environment: Environment, name: string) {
  const secure = environment.publicUrl.protocol === 'https:';
  const basePath = basePathOf(environment);
  const attributes = { path: basePath || '/', httpOnly: true, sameSite: 'lax', secure } as const;
  const prefix = basePath ? '__Secure-' : '__Host-';
  return { name: secure ? `${prefix}${name}` : name, attributes };
}
