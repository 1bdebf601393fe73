import { USERNAME_MAX_LENGTH } from './username.js';

/** Latin letters that no decomposition takes apart, as their languages write them in ASCII. Lower case. */
const LATIN: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' },
  ...{ ø: 'o', đ: 'd', ð: 'd', ħ: 'h', ı: 'i', ł: 'l', ŧ: 't', ŋ: 'n', ɓ: 'b', ɗ: 'd', ƙ: 'k', ƴ: 'y' },
};

const EMAIL_ADDRESS = /^([^@]+)@[^@]+$/;

/**
 * A name of ASCII letters, digits and single separators, in lower case, close to the wanted one: of an e-mail address the
 * part before the @, without accents. Null if there is none: letters of other scripts are not transliterated.
 */
export function asciiNameNear(wanted: string): string | null {
  const written = wanted.slice(0, 4 * USERNAME_MAX_LENGTH).trim();
  const [, local = written] = EMAIL_ADDRESS.exec(written) ?? [];
  const bare = local.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const latin = bare.replace(/[^\p{ASCII}]/gu, (letter) => LATIN[letter] ?? letter);
  // A name from which letters are left out is another name.
  if (/[^\p{ASCII}\p{P}\p{S}\p{Z}\p{C}]/u.test(latin)) return null;
  return withoutEndSeparators(separated(latin).slice(0, USERNAME_MAX_LENGTH)) || null;
}

/** A name without separators at its ends, where no component of a repository name has them. */
export function withoutEndSeparators(name: string): string {
  return name.replace(/^[._-]+/, '').replace(/[._-]+$/, '');
}

function separated(latin: string): string {
  return latin
    .replace(/[\p{Z},]+/gu, '_')
    .replace(/[^a-z0-9._-]/g, '')
    .replace(/([._-])[._-]+/g, '$1');
}
