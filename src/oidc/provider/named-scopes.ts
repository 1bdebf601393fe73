/** The scopes that may be left out, and those among them that a provider's words name. */
export function scopesNamedIn(
  words: string,
  scopes: readonly string[],
): { readonly named: readonly string[]; readonly optional: readonly string[] } {
  const optional = scopes.filter((scope) => scope !== 'openid');
  return { optional, named: optional.filter((scope) => isNamed(scope, words)) };
}

// A scope may contain dots, colons and slashes (RFC 6749, section 3.3), and a sentence ends with a dot.
function isNamed(scope: string, words: string): boolean {
  const literally = scope.replace(/\W/g, '\\$&');
  return new RegExp(`(?<![\\w.:/-])${literally}(?!\\.?[\\w:/-])`).test(words);
}
