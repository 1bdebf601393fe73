/** The path waits in a cookie for each login that is under way: it must fit there beside four others. */
const LONGEST = 1024;

/**
 * The path to go to after logging in: the wanted one where it is a path of this installation, else `/`. Refused are
 * other hosts in any spelling a browser would follow: `//host`, `/\host`, a scheme, control characters in between, and
 * what is longer than 1,024 characters once it is encoded.
 */
export function safeReturnPath(wanted: string | undefined): string {
  if (!wanted || wanted.length > LONGEST || !/^\/(?![/\\])/.test(wanted)) return '/';
  // Browsers drop tabs and line breaks, which would join "/" and "/host".
  if (/[\p{Cc} \\]/u.test(wanted)) return '/';
  const here = new URL('http://here.invalid');
  const there = new URL(wanted, here);
  const path = there.pathname.replace(/^\/+/, '/') + there.search + there.hash;
  return there.origin === here.origin && path.length <= LONGEST ? path : '/';
}
