/** The checks, in the order of the report. */
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
  REDIRECT_URI = 'REDIRECT_URI',
  USERINFO = 'USERINFO',
  CLOCK = 'CLOCK',
  LOGOUT = 'LOGOUT',
  REGISTRY_CLIENTS = 'REGISTRY_CLIENTS',
}

/**
 * The result of a check. SKIPPED: there was nothing to check, or only a login can tell. WARNING: something was seen to be
 * wrong, but people may be able to log in. FAILED: nobody can log in.
 */
export enum ProviderCheckStatus {
  PASSED = 'PASSED',
  WARNING = 'WARNING',
  FAILED = 'FAILED',
  SKIPPED = 'SKIPPED',
}

/** A setting of the provider, with the value that would fix what was found. */
export interface SettingFix {
  readonly setting: 'endpoint' | 'discoveryUrl' | 'scope';
  readonly value: string;
}

/** The result of a check, what was found, and what to do; `remedy` is null if there is nothing to do. */
export interface Finding {
  readonly status: ProviderCheckStatus;
  readonly detail: string;
  readonly remedy: string | null;
  /** The settings that would fix it, where their values are known; by default they are not. */
  readonly fixes?: readonly SettingFix[];
}

/** One line of the report. */
export interface ProviderCheck extends Finding {
  readonly name: ProviderCheckName;
}

const { PASSED, WARNING, FAILED, SKIPPED } = ProviderCheckStatus;

/** The check passed. */
export const passed = (detail: string): Finding => ({ status: PASSED, detail, remedy: null });
/** There was nothing to check, or only a login can tell. */
export const skipped = (detail: string, remedy: string | null = null): Finding => ({ status: SKIPPED, detail, remedy });
/** Something was seen to be wrong, but people may be able to log in. */
export const warning = (detail: string, remedy: string): Finding => ({ status: WARNING, detail, remedy });
/** Nobody can log in with these settings. */
export const failed = (detail: string, remedy: string, fixes?: readonly SettingFix[]): Finding => ({
  ...{ status: FAILED, detail, remedy },
  ...(fixes && { fixes }),
});
