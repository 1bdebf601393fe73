/** What is looked at, in the order in which a person would. */
export enum ProviderCheckName {
  REACHABLE = 'REACHABLE',
  TLS = 'TLS',
  DISCOVERY_DOCUMENT = 'DISCOVERY_DOCUMENT',
  ISSUER_MATCH = 'ISSUER_MATCH',
  AUTHORIZATION_CODE_FLOW = 'AUTHORIZATION_CODE_FLOW',
  PKCE = 'PKCE',
  SIGNING_KEYS = 'SIGNING_KEYS',
  SCOPES = 'SCOPES',
  REFRESH_TOKENS = 'REFRESH_TOKENS',
  GROUPS_CLAIM = 'GROUPS_CLAIM',
  USER_CLAIM = 'USER_CLAIM',
  CLIENT_CREDENTIALS = 'CLIENT_CREDENTIALS',
  CLOCK = 'CLOCK',
  LOGOUT = 'LOGOUT',
}

/** How a check came out. SKIPPED: there was nothing to look at. WARNING: it works, but not as somebody may expect. */
export enum ProviderCheckStatus {
  PASSED = 'PASSED',
  WARNING = 'WARNING',
  FAILED = 'FAILED',
  SKIPPED = 'SKIPPED',
}

/** How a check came out, what was found, and what to do about it; null where there is nothing to do. */
export interface Finding {
  readonly status: ProviderCheckStatus;
  readonly detail: string;
  readonly remedy: string | null;
}

/** One line of the report. */
export interface ProviderCheck extends Finding {
  readonly name: ProviderCheckName;
}

const { PASSED, WARNING, FAILED, SKIPPED } = ProviderCheckStatus;

/** All is well. */
export const passed = (detail: string): Finding => ({ status: PASSED, detail, remedy: null });
/** Nothing to look at. */
export const skipped = (detail: string, remedy: string | null = null): Finding => ({ status: SKIPPED, detail, remedy });
/** It works, but. */
export const warning = (detail: string, remedy: string): Finding => ({ status: WARNING, detail, remedy });
/** Nobody could log in like this. */
export const failed = (detail: string, remedy: string): Finding => ({ status: FAILED, detail, remedy });
