import { fold } from '../../common/text/case-folding.js';

/** The length of a word in the index; of a longer one the beginning counts. The column of the index has this length. */
export const LONGEST_WORD = 40;
/** The words of each name or address that are in the index: the first ones. */
const MOST_WORDS = 16;
/** The words of a search that count. Fewer than a text has in the index, so that the beginning of a text always finds it. */
const MOST_SEARCHED = 8;

/** The texts of a user in which searches look. */
export interface NamedUser {
  readonly username: string;
  readonly realName: string | null;
  readonly email: string | null;
}

/** The words of a text, folded: runs of letters, digits and the marks on them. Each once, in the order of the text. */
function wordsIn(text: string | null, most: number): string[] {
  const words = fold(text ?? '').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [...new Set(words.slice(0, most).map(shortened))];
}

function shortened(word: string): string {
  return word.length <= LONGEST_WORD ? word : [...word].slice(0, LONGEST_WORD).join('');
}

/** The words of a user name, a real name and an e-mail address, each once. */
export function wordsOf({ username, realName, email }: NamedUser): string[] {
  return [...new Set([username, realName, email].flatMap((text) => wordsIn(text, MOST_WORDS)))];
}

/**
 * The words that a search asks for, the longest first. None if it has neither a letter nor a digit, or an at sign: then it is the beginning
 * of an address, not of words.
 */
export function searchedWords(search: string): string[] {
  if (search.includes('@')) return [];
  return wordsIn(search, MOST_SEARCHED).sort((one, other) => other.length - one.length);
}

/** Whether each searched word is the beginning of a word of the user. */
export function hasWords(user: NamedUser, searched: readonly string[]): boolean {
  // Most users have not even the letters, and to find out costs much less than to take their texts apart.
  const text = fold(`${user.username} ${user.realName ?? ''} ${user.email ?? ''}`);
  if (!searched.every((start) => text.includes(start))) return false;
  const words = wordsOf(user);
  return searched.every((start) => words.some((word) => word.startsWith(start)));
}
