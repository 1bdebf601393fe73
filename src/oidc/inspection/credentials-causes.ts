import { AuthenticationMethod } from '../provider/client-authentication.js';
import { failed, Finding, passed, skipped } from './provider-report.js';

/** The methods of client authentication that can be used here. */
export const METHODS: readonly string[] = ['client_secret_basic', 'client_secret_post'];
const ONLY_A_LOGIN = 'Only a login can tell whether client id and secret are right.';
const ONCE = 'A wrong secret is tried only once for each revision of the settings, and once an hour at most';

/** Every cause of a finding about client id and secret, with its remedy. */
export const CREDENTIALS = {
  notSet: () => skipped('The client id or secret is not set.', 'Set both.'),
  refused: (refusals: string) =>
    failed(
      `The provider refuses the client: ${refusals}.`,
      'Compare client id and secret with those registered at the provider.',
    ),
  notOffered: (published: readonly string[], refusals: string) => {
    const listed = published.slice(0, 10).map((method) => (/^[a-z0-9_]{1,64}$/.test(method) ? method : 'another'));
    return failed(
      `The provider publishes only ${listed.join(', ')} for client authentication; no method of Mooring's is offered. It refuses ${refusals}.`,
      `Let the provider accept ${METHODS.join(' or ')} from this client, and compare client id and secret.`,
    );
  },
  accepted: (method: AuthenticationMethod, refusals: string) =>
    passed(
      `${before(refusals)}The provider accepts the client (${method}): it refuses a wrong secret, and answers this one otherwise.`,
    ),
  alike: (refusals: string) =>
    skipped(`${before(refusals)}The provider answers a wrong secret in the same way. ${ONLY_A_LOGIN}`),
  wrongSecretUnclear: (refusals: string) =>
    skipped(
      `${before(refusals)}The provider does not refuse this client, and its answer to a wrong secret does not tell whether this one is right. ${ONCE}. ${ONLY_A_LOGIN}`,
    ),
  wrongSecretNotAsked: (refusals: string) =>
    skipped(`${before(refusals)}The provider does not refuse this client. ${ONCE}. ${ONLY_A_LOGIN}`),
  silent: (reason: string) => skipped(`No usable answer: ${reason}.`, 'Test again when the token endpoint answers.'),
  askedBefore: () => skipped(`The provider was asked a moment ago. ${ONLY_A_LOGIN}`, 'Test again in a minute.'),
  refusedByPushedRequest: (words: string) =>
    failed(
      `The provider refuses the client at its endpoint for pushed authorization requests: ${words}.`,
      'Compare client id and secret with those registered at the provider.',
    ),
} satisfies Record<string, (...seen: never[]) => Finding>;

function before(refusals: string): string {
  return refusals === '' ? '' : `The provider refuses ${refusals}. `;
}
