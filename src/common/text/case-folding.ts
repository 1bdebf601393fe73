/**
 * The form in which names are compared: NFKC, lower case, NFKC. Unique names, look-ups and `${username}` all use this
 * function. It is idempotent.
 */
export function fold(name: string): string {
  // Fast path: ASCII is already NFKC, and most names are ASCII.
  if (/^[\x20-\x7e]*$/.test(name)) return name.toLowerCase();
  // Lower-casing writes a sigma at the end of a word as another character; it is the same letter.
  return name.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');
}

/**
 * Whether a text has at most that many code points, both as it is and folded: NFKC makes some texts up to 18 times longer.
 * Databases count code points too.
 */
export function fitsFolded(text: string, longest: number): boolean {
  // Folding shortens no text by more than this factor, so a longer one cannot fit and need not be folded.
  if (text.length > 4 * longest) return false;
  return [text, fold(text)].every((form) => [...form].length <= longest);
}
