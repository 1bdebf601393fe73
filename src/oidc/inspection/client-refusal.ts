import { TokenAnswer } from '../provider/token-endpoint.js';

/** The provider is in trouble: it says nothing of the client. */
const IN_TROUBLE = new Set(['temporarily_unavailable', 'server_error', 'slow_down']);
const STATUSES_OF_TROUBLE = [408, 425, 429];
/** The code or the refresh token was refused, or the provider does not offer what was asked for; whatever the status is. */
const NOT_OF_THE_CLIENT = new Set(['invalid_grant', 'unsupported_grant_type', 'invalid_scope', 'invalid_target']);
// A code with a digit in it may be the number of a trace.
const CODE = /^[a-z][a-z_.-]{0,63}$/;
const CLIENT = /\b(clients?|secrets?)\b|\b(app|application) id\b/i;
const SECRET = /\b(secrets?|credentials)\b/i;
const WRONG =
  /invalid|incorrect|wrong|bad|unknown|not found|no such|mismatch|fail|unauthenticated|does not match|expired/i;
const OF_A_GRANT = /\b(code|token|grant|user|redirect|scope)\b/i;
const OF_A_REQUEST = /\brequests?\b/i;

type Told = Pick<TokenAnswer, 'status' | 'error'>;

/** Whether an answer says only that the provider is in trouble, or was asked too often. */
export function isTrouble({ status, error }: Told): boolean {
  return STATUSES_OF_TROUBLE.includes(status) || status >= 500 || (error !== null && IN_TROUBLE.has(error));
}

/**
 * Whether an answer of the token endpoint refuses client id or secret: 401, `invalid_client`, or a sentence that says so
 * where the error code belongs. `unauthorized_client` under another status does not: some providers say it of every code
 * and refresh token that they do not know; nor does 401 with an error about the code or the token.
 */
export function refusesSecret(answer: Told): boolean {
  const { status, error } = answer;
  if (isTrouble(answer)) return status >= 500 && error === 'invalid_client';
  if (error === null) return status === 401;
  if (NOT_OF_THE_CLIENT.has(error)) return false;
  return isAboutClient(error) || (status === 401 && !isAboutGrant(error));
}

/**
 * An answer by its status and error. Sentences and codes with digits may contain random values: they are compared by what
 * they refuse.
 */
export function answerKey(answer: Told): string {
  const { status, error } = answer;
  const isCode = error === null || CODE.test(error);
  return `${status} ${isCode ? (error ?? '') : refusesSecret(answer) ? 'the client' : 'something'}`;
}

function isAboutClient(error: string): boolean {
  if (error === 'unauthorized_client') return false;
  const text = wordsIn(error);
  if (!CLIENT.test(text) || !WRONG.test(text) || OF_A_GRANT.test(text)) return false;
  return SECRET.test(text) || !OF_A_REQUEST.test(text);
}

function isAboutGrant(error: string): boolean {
  const text = wordsIn(error);
  return OF_A_GRANT.test(text) && !CLIENT.test(text);
}

/** The words of a sentence, or of an error code such as `invalid_client` or `InvalidClient`. */
function wordsIn(error: string): string {
  return error
    .slice(0, 300)
    .replace(/[_.-]+/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2');
}
