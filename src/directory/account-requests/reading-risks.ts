import { fold } from '../../common/text/case-folding.js';
import { skeletonOf } from '../../users/names/index.js';

const MOST_NAMED = 5;
/** What another character is folded to, if it is drawn like ASCII: a mathematical letter, a full-width sign, a ligature. */
const ASCII = /^[\x21-\x7e]+$/;
const NOT_SEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/**
 * What can deceive the reader of texts from outside, one sentence each: characters that look like others or are not seen, with
 * their code points.
 *
 * @param texts by what they are called
 */
export function readingRisks(texts: Readonly<Record<string, string | null>>): string[] {
  return Object.entries(texts).flatMap(([what, text]) => {
    const deceptive = [...new Set(text ?? '')].filter(isDeceptive).slice(0, MOST_NAMED).map(codePoint);
    if (deceptive.length === 0) return [];
    return [`${what} has characters that look like others, or are not seen: ${deceptive.join(', ')}.`];
  });
}

function isDeceptive(character: string): boolean {
  if (NOT_SEEN.test(character)) return true;
  if (character <= '\u007f') return false;
  const skeleton = skeletonOf(character);
  return skeleton !== fold(character) || ASCII.test(skeleton);
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
