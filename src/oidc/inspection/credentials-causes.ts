import { AuthenticationMethod, isSecretMethod } from '../provider/client-authentication.js';
import { failed, Finding, passed, skipped } from './provider-report.js';

/** The methods of client authentication that can be used here. */
export const METHODS: readonly AuthenticationMethod[] = [
  'client_secret_basic',
  'client_secret_post',
  'none',
  'private_key_jwt',
];
/** Those of them that send the client secret. */
export const SECRET_METHODS: readonly string[] = METHODS.filter(isSecretMethod);
const COMPARE = 'Compare client id and secret with those registered at the provider';

interface MethodWords {
  /** What a login shows to be right. */
  readonly right: string;
  /** What is sent for comparison. */
  readonly wrong: string;
  /** What to do if the provider refuses the client. */
  readonly remedy: string;
}

const BY_SECRET = {
  right: 'client id and secret are',
  wrong: 'a wrong secret',
  remedy: `${COMPARE}, and choose the client authentication that is set there for this client.`,
};
const WORDS: Readonly<Record<AuthenticationMethod, MethodWords>> = {
  client_secret_basic: BY_SECRET,
  client_secret_post: BY_SECRET,
  none: {
    right: 'the client id is',
    wrong: 'an unknown client id',
    remedy:
      'Compare the client id with the one registered at the provider, and let the provider accept this client without a secret (a public client); or choose a client authentication that it accepts.',
  },
  private_key_jwt: {
    right: 'client id and keys are',
    wrong: 'an assertion by another key',
    remedy:
      'Compare the client id with the one registered at the provider, and register the key set under /oidc/client-jwks.json for this client (a provider that cannot load it needs its text). Older providers need clientAssertionAudience token_endpoint.',
  },
};
const onlyALogin = (method: AuthenticationMethod) => `Only a login can tell whether ${WORDS[method].right} right.`;
const once = (method: AuthenticationMethod) =>
  `${upperFirst(WORDS[method].wrong)} is tried only once for each revision of the settings, and once an hour at most`;
const USUAL = 'client_secret_basic';

/** Every cause of a finding about client id and secret, with its remedy. */
export const CREDENTIALS = {
  notSet: (needsSecret = true) =>
    needsSecret
      ? skipped('The client id or secret is not set.', 'Set both.')
      : skipped('The client id is not set.', 'Set it.'),
  refused: (refusals: string, chosen: AuthenticationMethod | null = null) =>
    failed(`The provider refuses the client: ${refusals}.`, WORDS[chosen ?? USUAL].remedy),
  otherIsTaken: (chosen: AuthenticationMethod, taken: AuthenticationMethod, refusals: string) =>
    failed(
      `${before(refusals)}It takes ${taken} from this client.`,
      `Set the client authentication to automatic or ${taken}, or let the provider accept ${named(chosen)} from this client.`,
    ),
  notOffered: (published: readonly string[], refusals: string) =>
    failed(
      `The provider publishes only ${listed(published)} for client authentication; no method of Mooring's is offered.${after(refusals)}`,
      `Let the provider accept ${METHODS.slice(0, -1).join(', ')} or ${METHODS.at(-1)} from this client, and compare client id and secret.`,
    ),
  othersOffered: (published: readonly string[], ours: readonly AuthenticationMethod[], refusals: string) =>
    failed(
      `The provider publishes only ${listed(published)} for client authentication.${after(refusals)}`,
      `Set the client authentication to ${ours.join(' or ')}, as this client is registered at the provider.`,
    ),
  noAlgorithm: () =>
    failed(
      'The provider takes client assertions signed by neither ES256 nor RS256.',
      'Let the provider accept ES256 or RS256 for the authentication of this client, or choose another client authentication.',
    ),
  accepted: (method: AuthenticationMethod, refusals: string) =>
    passed(
      `${before(refusals)}The provider accepts the client (${method}): it refuses ${WORDS[method].wrong}, and answers this one otherwise.`,
    ),
  alike: (refusals: string, method: AuthenticationMethod = USUAL) =>
    skipped(`${before(refusals)}The provider answers ${WORDS[method].wrong} in the same way. ${onlyALogin(method)}`),
  wrongSecretUnclear: (refusals: string, method: AuthenticationMethod = USUAL) =>
    skipped(
      `${before(refusals)}The provider does not refuse this client, and its answer to ${WORDS[method].wrong} does not tell whether this one is right. ${once(method)}. ${onlyALogin(method)}`,
    ),
  wrongSecretNotAsked: (refusals: string, method: AuthenticationMethod = USUAL) =>
    skipped(`${before(refusals)}The provider does not refuse this client. ${once(method)}. ${onlyALogin(method)}`),
  silent: (reason: string) => skipped(`No usable answer: ${reason}.`, 'Test again when the token endpoint answers.'),
  askedBefore: () => skipped(`The provider was asked a moment ago. ${onlyALogin(USUAL)}`, 'Test again in a minute.'),
  refusedByPushedRequest: (words: string) =>
    failed(
      `The provider refuses the client at its endpoint for pushed authorization requests: ${words}.`,
      `${COMPARE}.`,
    ),
} satisfies Record<string, (...seen: never[]) => Finding>;

function listed(published: readonly string[]): string {
  const names = published.slice(0, 10).map((method) => (/^[a-z0-9_]{1,64}$/.test(method) ? named(method) : 'another'));
  return names.join(', ');
}

/** A method as part of a sentence, in which the bare word `none` would read as nobody or nothing. */
export function named(method: string): string {
  return method === 'none' ? 'the method none' : method;
}

function upperFirst(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function after(refusals: string): string {
  return refusals === '' ? '' : ` It refuses ${refusals}.`;
}

function before(refusals: string): string {
  return refusals === '' ? '' : `The provider refuses ${refusals}. `;
}
