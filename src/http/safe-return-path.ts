/** Each pending login keeps its path in a cookie, which has to hold five of them. */
const LONGEST = 1024;

/**
 * The path to go to after a login: the wanted one if it is a path of this installation, else `/`. Rejected are paths over
 * 1,024 characters once encoded, and other hosts in any spelling that a browser would follow: `//host`, `/\host`, a
 * scheme, or control characters in between.
 */
export function safeReturnPath(wanted: string | undefined): string {
  if (!wanted || wanted.length > LONGEST || !/^\/(?![/\\])/.test(wanted)) return '/';
  // Browsers drop tabs and line breaks, which would turn "/", a tab and "/host" into "//host".
  if (/[\p{Cc} \\]/u.test(wanted)) return '/';
  const here = new URL('http://here.invalid');
  const there = new URL(wanted, here);
  const path = there.pathname.replace(/^\/+/, '/') + there.search + there.hash;
  return there.origin === here.origin && path.length <= LONGEST ? path : '/';
}
