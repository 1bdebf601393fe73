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
