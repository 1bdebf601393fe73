import { withoutBasePath } from './base-path.js';

/** Each pending login keeps its path in a cookie, which has to hold five of them. */
const LONGEST = 1024;

/**
 * The path to go to after a login: the wanted one if it is a path of this installation, else `/`. Rejected are paths over
 * 1,024 characters once encoded, and other hosts in any spelling that a browser would follow: `//host`, `/\host`, a
 * scheme, or control characters in between. A path below the base path of the public URL is returned without it.
 */
export function safeReturnPath(wanted: string | undefined, basePath = ''): string {
  if (!wanted || wanted.length > LONGEST || !/^\/(?![/\\])/.test(wanted)) return '/';
  // Browsers drop tabs and line breaks, which would turn "/", a tab and "/host" into "//host".
  if (/[\p{Cc} \\]/u.test(wanted)) return '/';
  const here = new URL('http://here.invalid');
  const there = new URL(wanted, here);
  const path = ownPath(there.pathname, basePath) + there.search + there.hash;
  return there.origin === here.origin && path.length <= LONGEST ? path : '/';
}

function ownPath(pathname: string, basePath: string): string {
  const path = withOneSlash(pathname);
  if (basePath === '') return path;
  // A proxy that decodes this and then resolves "..", as some do, would lead out of the base path.
  if (/%2f|%5c/i.test(path)) return '/';
  const below = withOneSlash(withoutBasePath(basePath, path));
  // No page of ours is below the base path twice.
  return withoutBasePath(basePath, below) === below ? below : '/';
}

function withOneSlash(path: string): string {
  return path.replace(/^\/+/, '/');
}
