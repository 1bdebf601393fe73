/**
 * An error of the provider in its own words (RFC 6749, section 4.1.2.1), made safe to show and to log. The browser brings
 * them: whoever logs in can change what is said of their own login.
 */
export interface ProviderWords {
  /** The error code, such as `access_denied`. */
  readonly error: string;
  /** What the provider added; null if nothing. */
  readonly description: string | null;
}

const LONGEST_ERROR = 64;
const LONGEST_DESCRIPTION = 300;
/** So that both fit into the detail of an audit event. */
const LONGEST_LOGGED_DESCRIPTION = 160;
// Control and format characters, among them those that turn the direction of a text; line and paragraph separators.
const NOT_SHOWN = /[\p{C}\p{Zl}\p{Zp}]+/gu;

/** Bounds the words of a provider, and takes out what can't be seen or would disturb the text around them. */
export function providerWords(error: string, description?: string | null): ProviderWords {
  const text = shortened(description ?? '', LONGEST_DESCRIPTION);
  return { error: shortened(error, LONGEST_ERROR), description: text === '' ? null : text };
}

/** The words in one line, for the log and the audit log, in quotation marks and at most 255 characters long. */
export function wordsInOneLine({ error, description }: ProviderWords): string {
  if (description === null) return error;
  return `${error}; the provider says: "${shortened(description, LONGEST_LOGGED_DESCRIPTION)}"`;
}

function shortened(text: string, longest: number): string {
  const characters = Array.from(text.replace(NOT_SHOWN, ' ').trim());
  return characters.length <= longest
    ? characters.join('')
    : `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
}
