import { registerEnumType } from '@nestjs/graphql';
import { fold } from '../../common/text/case-folding.js';
import { looksLikeAdmin } from './lookalikes.js';

/** Why a user name can't be chosen. */
export enum UsernameProblem {
  TAKEN = 'TAKEN',
  TOO_LONG = 'TOO_LONG',
  EMPTY = 'EMPTY',
  FORBIDDEN_CHARACTER = 'FORBIDDEN_CHARACTER',
  RESERVED = 'RESERVED',
  /** Looks like another name. */
  LOOKALIKE = 'LOOKALIKE',
  /** Gives no place in the registry, which the settings require of a new person's name. */
  NO_PLACE = 'NO_PLACE',
}

registerEnumType(UsernameProblem, { name: 'UsernameProblem' });

/** The longest user name, in code points, as written and as folded. */
export const USERNAME_MAX_LENGTH = 255;

/** The rule, for messages. */
const USERNAME_RULE =
  'A user name has 1 to 255 characters, without blanks, control or invisible characters, or any of , : " ~ # % $ / \\, does not mix scripts, and is not "anonymous".';

const LOOKALIKE_RULE = 'This name looks like that of another account. Choose one that cannot be confused with it.';

const PLACE_RULE =
  'This name gives no place in the registry. Choose one of lower-case letters a to z and digits, with single . _ or - between them.';

/** The same for every reason, because somebody who chooses a name need not know who is to have which rights. */
const RESERVED_RULE =
  'This name is reserved by the settings or access rules of this installation. Choose another one; if it is yours, ask an administrator to give it to you.';

/** The message for a problem of a user name. */
export function messageFor(problem: UsernameProblem): string {
  if (problem === UsernameProblem.RESERVED) return RESERVED_RULE;
  if (problem === UsernameProblem.NO_PLACE) return PLACE_RULE;
  return problem === UsernameProblem.LOOKALIKE ? LOOKALIKE_RULE : USERNAME_RULE;
}

/** Names that stand for no user in lists and logs; folded. */
const RESERVED = new Set(['anonymous']);

// \p{C}: control, format (invisible, bidirectional), surrogate, private and unassigned; \p{Z}: every kind of blank.
const FORBIDDEN = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point},:"~#%$/\\]/u;

// Scripts that are used together in one language: Japanese, Korean and Chinese (UTS #39, section 5.1).
const WRITTEN_TOGETHER = [
  /^[\p{scx=Latin}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]*$/u,
  /^[\p{scx=Latin}\p{scx=Han}\p{scx=Hangul}]*$/u,
  /^[\p{scx=Latin}\p{scx=Han}\p{scx=Bopomofo}]*$/u,
];

// The scripts in common modern use (UAX #31, table 5); all letters of a name belong to one of them.
// prettier-ignore
const SCRIPTS = [
  'Arabic', 'Armenian', 'Bengali', 'Bopomofo', 'Cyrillic', 'Devanagari', 'Ethiopic', 'Georgian', 'Greek', 'Gujarati',
  'Gurmukhi', 'Han', 'Hangul', 'Hebrew', 'Hiragana', 'Kannada', 'Katakana', 'Khmer', 'Lao', 'Latin', 'Malayalam',
  'Myanmar', 'Oriya', 'Sinhala', 'Tamil', 'Telugu', 'Thaana', 'Thai', 'Tibetan',
].map((script) => new RegExp(`^[\\p{scx=${script}}\\P{L}]*$`, 'u'));

function mixesScripts(name: string): boolean {
  const letters = name.replace(/[\P{L}]/gu, '');
  return ![...WRITTEN_TOGETHER, ...SCRIPTS].some((script) => script.test(letters));
}

/** The form in which a user name is stored: Unicode normal form C. */
export function storedForm(name: string): string {
  return name.normalize('NFC');
}

/** The problem of a user name's form; undefined if it is valid. Says nothing about whether the name is free. */
export function problemOfForm(name: string): Exclude<UsernameProblem, UsernameProblem.TAKEN> | undefined {
  if (name === '') return UsernameProblem.EMPTY;
  // Longer than any name of 255 code points before normalisation, so not worth normalising.
  if (name.length > 4 * USERNAME_MAX_LENGTH) return UsernameProblem.TOO_LONG;
  const forms = [storedForm(name), fold(name)];
  if (forms.some((form) => [...form].length > USERNAME_MAX_LENGTH)) return UsernameProblem.TOO_LONG;
  const forbidden = forms.some((form) => FORBIDDEN.test(form)) || mixesScripts(forms[0] ?? '');
  if (forbidden) return UsernameProblem.FORBIDDEN_CHARACTER;
  if (RESERVED.has(fold(name))) return UsernameProblem.RESERVED;
  return looksLikeAdmin(name) ? UsernameProblem.LOOKALIKE : undefined;
}

/** A valid user name close to the wanted one, with forbidden characters replaced or removed; null if there is none. */
export function nearestValidName(wanted: string): string | null {
  const written = storedForm(wanted.slice(0, 4 * USERNAME_MAX_LENGTH)).trim();
  const kept = [...written.replace(/[\p{Z},]+/gu, '_')]
    .filter((character) => !FORBIDDEN.test(character) && !FORBIDDEN.test(fold(character)))
    .slice(0, USERNAME_MAX_LENGTH);
  // Characters that were apart may be adjacent now, and compose.
  const name = storedForm(kept.join(''));
  return problemOfForm(name) === undefined ? name : null;
}
