/**
 * The form in which two names are compared: NFKC, lower case, NFKC. The one function behind unique names, look-ups
 * and `${username}`. Folding twice gives the same text as folding once.
 */
export function fold(name: string): string {
  // Plain ASCII is its own normal form: most names take this way.
  if (/^[\x20-\x7e]*$/.test(name)) return name.toLowerCase();
  // Lower case writes a sigma at the end of a word in another form; it is the same letter.
  return name.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');
}

/**
 * Whether a text has so many code points at the most, as it is and folded: NFKC makes some texts up to 18 times longer.
 * Both are how databases count.
 */
export function fitsFolded(text: string, longest: number): boolean {
  // No text gets shorter by more than this: what is longer is not worth the work.
  if (text.length > 4 * longest) return false;
  return [text, fold(text)].every((form) => [...form].length <= longest);
}
