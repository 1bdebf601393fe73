import { DomainError, Refusal, refusal } from '../../common/errors/domain-error.js';
import { ProviderWords, wordsInOneLine } from './provider-words.js';

const CARRIES = {
  providerError: 'the `error` of the provider (RFC 6749, section 4.1.2.1)',
  providerErrorDescription: "the provider's description of it, in its own words; null if it sent none",
};

/** A refusal that carries the words of the provider beside ours. */
export interface AuthorizationRefusal extends DomainError {
  /** What the provider said. */
  readonly words: ProviderWords;
}

type AuthorizationRefusalClass = (abstract new (
  words: ProviderWords,
  values?: Readonly<Record<string, string>>,
) => AuthorizationRefusal) & { readonly row: Refusal };

function sentBack(row: Refusal): AuthorizationRefusalClass {
  abstract class SentBack extends refusal({ ...row, carries: CARRIES }) implements AuthorizationRefusal {
    override readonly extensions: Readonly<Record<string, unknown>>;
    override readonly auditedDetail: string;

    constructor(
      readonly words: ProviderWords,
      values: Readonly<Record<string, string>> = {},
    ) {
      super({ values, detail: wordsInOneLine(words) });
      this.auditedDetail = wordsInOneLine(words);
      this.extensions = { providerError: words.error, providerErrorDescription: words.description };
    }
  }
  return SentBack;
}

/** The person cancelled the login at the provider, or the provider does not let them in (`access_denied`). */
export class LoginDenied extends sentBack({
  code: 'LOGIN_DENIED',
  status: 403,
  fact: 'The login was cancelled, or the OpenID provider does not let you use this registry.',
  hint: 'Log in again; if the provider does not let you in, ask its administrator for access.',
}) {}

/** The client may not ask for one of the configured scopes (`invalid_scope`). */
export class ScopeRefused extends sentBack({
  code: 'PROVIDER_ERROR',
  status: 502,
  fact: 'The OpenID provider does not allow Mooring to ask for {scopes}.',
  hint: 'An administrator should take it out of the scope in the OIDC settings, or allow it to the client at the provider.',
}) {}

/** The provider does not know the client, or does not let it log people in. */
export class ClientRefusedAtLogin extends sentBack({
  code: 'PROVIDER_ERROR',
  status: 502,
  fact: 'The OpenID provider does not accept Mooring as a client for this login.',
  hint: 'An administrator should compare the client id, and what the client may do, with its registration at the provider.',
}) {}

/** The provider is in trouble, or the login was left open for too long there. */
export class ProviderBusy extends sentBack({
  code: 'PROVIDER_UNAVAILABLE',
  status: 503,
  fact: "The OpenID provider can't log you in at the moment, or the login took too long there.",
  hint: 'Log in again; if this continues, tell an administrator.',
}) {}

/** The provider would have to ask the person for something, and may not or does not (OpenID Connect Core 1.0, section 3.1.2.6). */
export class StepRequired extends sentBack({
  code: 'PROVIDER_ERROR',
  status: 502,
  fact: 'The OpenID provider ended the login with an error: it needs a step from you that it did not ask for.',
  hint: 'Log in at the provider first, then here; if this continues, an administrator should check the extra redirect parameters in the OIDC settings, such as prompt=none.',
}) {}

/** The provider does not accept the request with which Mooring sent the browser there. */
export class RequestRefused extends sentBack({
  code: 'PROVIDER_ERROR',
  status: 502,
  fact: 'The OpenID provider ended the login with an error: it does not accept the request that Mooring makes.',
  hint: 'An administrator should compare the OIDC settings with the registration of the client at the provider.',
}) {}

/** The provider ended the login with any other error. */
export class LoginRefusedByProvider extends sentBack({
  code: 'PROVIDER_ERROR',
  status: 502,
  fact: 'The OpenID provider ended the login with an error.',
  hint: 'Log in again; if this continues, tell an administrator.',
}) {}
