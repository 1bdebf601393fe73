/**
 * The path to go to after logging in: the wanted one where it is a path of this installation, else `/`. Refused are
 * other hosts in any spelling a browser would follow: `//host`, `/\host`, a scheme, control characters in between.
 */
export function safeReturnPath(wanted: string | undefined): string {
  if (!wanted || wanted.length > 2048 || !/^\/(?![/\\])/.test(wanted)) return '/';
  // eslint-disable-next-line no-control-regex -- browsers drop tabs and line breaks, which would join "/" and "/host"
  if (/[\u0000-\u0020\u007f\\]/.test(wanted)) return '/';
  const here = new URL('http://here.invalid');
  const there = new URL(wanted, here);
  return there.origin === here.origin ? there.pathname.replace(/^\/+/, '/') + there.search + there.hash : '/';
}
