/**
 * The form in which two names are compared: NFKC, lower case, NFKC. The one function behind unique names, look-ups
 * and `${username}`. Folding twice gives the same text as folding once.
 */
export function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase().normalize('NFKC');
}
