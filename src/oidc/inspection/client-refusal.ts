import { TokenAnswer } from '../provider/token-endpoint.js';

/** These count for more than the status: the code or the refresh token was refused, or the provider is in trouble. */
const NOT_OF_THE_CLIENT = new Set(['invalid_grant', 'temporarily_unavailable', 'server_error', 'slow_down']);
/** The provider does not offer what was asked for; it says nothing of the client's secret. */
const NOT_OFFERED = new Set(['unsupported_grant_type', 'invalid_scope', 'invalid_target']);
const CODE = /^[a-z][a-z0-9_.-]{0,63}$/;
const CLIENT = /\b(clients?|secrets?)\b|\b(app|application) id\b/i;
const WRONG =
  /invalid|incorrect|wrong|bad|unknown|not found|no such|mismatch|fail|unauthenticated|does not match|expired/i;
const OF_A_GRANT = /\b(code|token|grant|user|redirect|scope)\b/i;

/**
 * Whether an answer of the token endpoint refuses client id or secret: 401, `invalid_client`, or a sentence that says so
 * where the error code belongs. `unauthorized_client` under another status does not: some providers say it of every code
 * and refresh token that they do not know.
 */
export function refusesSecret({ status, error }: Pick<TokenAnswer, 'status' | 'error'>): boolean {
  if (error !== null && (NOT_OF_THE_CLIENT.has(error) || NOT_OFFERED.has(error))) return false;
  return status === 401 || (error !== null && isAboutClient(error));
}

/** An answer by its status and error. Sentences contain random values: they are compared by what they refuse. */
export function answerKey(answer: Pick<TokenAnswer, 'status' | 'error'>): string {
  const { status, error } = answer;
  const isCode = error === null || CODE.test(error);
  return `${status} ${isCode ? (error ?? '') : refusesSecret(answer) ? 'the client' : 'something'}`;
}

function isAboutClient(error: string): boolean {
  if (error === 'unauthorized_client') return false;
  const text = error.slice(0, 300).replace(/[_.-]+/g, ' ');
  return CLIENT.test(text) && WRONG.test(text) && !OF_A_GRANT.test(text);
}
