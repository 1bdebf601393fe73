import { SecretText } from '../../common/crypto/secret-text.js';
import { randomBase62 } from '../../common/crypto/random-text.js';
import { newId } from '../../common/persistence/ids.js';
import type { OidcSettings } from '../../settings/oidc-settings.schema.js';
import { AttemptSecrets, attemptSecrets } from '../index.js';
import type { ProviderSettings } from '../provider/index.js';
import type { LoginPreview } from './login-preview.js';
import type { RevocationOutcome } from './provider-answers.js';

const STATE_FORM = /^test-[0-9A-Za-z]{32}$/;

/** The method of client authentication that the provider has accepted. */
export type AcceptedMethod = Parameters<NonNullable<ProviderSettings['authentication']>['accepted']>[0];

/** A test login that was sent to the provider and has no result yet, with the settings that it tests. */
export interface WaitingTestLogin extends AttemptSecrets {
  readonly kind: 'WAITING';
  readonly id: string;
  /** Null once the provider has answered: no second answer is taken. */
  readonly state: string | null;
  readonly oidc: OidcSettings;
  /** Whether it follows an attempt that failed and began again by itself; absent: it does not. */
  readonly isRestarted?: boolean;
  /** What that attempt has taught; absent or null: nothing. */
  readonly method?: AcceptedMethod | null;
  /** When it expires; milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What was done with the provider's tokens. KEPT: to revoke them would have ended the login of the same person here. */
export type TestTokensOutcome = RevocationOutcome | 'KEPT';

/** A refused test login. */
export interface TestLoginProblem {
  readonly code: string;
  readonly message: string;
  /** The provider's own words; null if it said none. */
  readonly providerError: string | null;
  readonly providerErrorDescription: string | null;
}

/** The result of a test login: what Mooring would see of the person, or why a login would fail. */
export interface FinishedTestLogin {
  readonly kind: 'FINISHED';
  readonly id: string;
  readonly preview: LoginPreview | null;
  readonly tokens: TestTokensOutcome | null;
  readonly problem: TestLoginProblem | null;
  /** Until when it can be read; milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A test login, as the row of its session keeps it. */
export type TestLogin = WaitingTestLogin | FinishedTestLogin;

/** A test login that can be sent to the provider. */
export type SentTestLogin = WaitingTestLogin & { readonly state: string };

/** A new test login of these settings. Its state has a form that no login has. */
export function beginTestLogin(oidc: OidcSettings, expiresAt: Date): SentTestLogin {
  const values = { state: newState(), ...attemptSecrets() };
  return { kind: 'WAITING', id: newId(), ...values, oidc, expiresAt: expiresAt.getTime() };
}

/** The same test login, to be sent to the provider once more. */
export function restartedTestLogin(login: WaitingTestLogin, method: AcceptedMethod | null): SentTestLogin {
  return { ...login, isRestarted: true, method, state: newState(), ...attemptSecrets() };
}

function newState(): string {
  return `test-${randomBase62(32)}`;
}

/** Whether the state of a callback has the form of a test login. */
export function isTestLoginState(state: unknown): state is string {
  return typeof state === 'string' && STATE_FORM.test(state);
}

/** A test login as JSON, with the client secret in plain text: it must be sealed before it is stored. */
export function storedTestLogin(login: TestLogin): string {
  if (login.kind === 'FINISHED') return JSON.stringify(login);
  const { clientSecret } = login.oidc;
  return JSON.stringify({ ...login, oidc: { ...login.oidc, clientSecret: clientSecret?.reveal() ?? null } });
}

/** The test login that {@link storedTestLogin} wrote. */
export function parsedTestLogin(text: string): TestLogin {
  const login = JSON.parse(text) as TestLogin;
  if (login.kind === 'FINISHED') return login;
  const secret = login.oidc.clientSecret as unknown as string | null;
  return { ...login, oidc: { ...login.oidc, clientSecret: secret === null ? null : new SecretText(secret) } };
}
