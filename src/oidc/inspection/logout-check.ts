import { Document } from './discovery-lists.js';
import { Finding, passed, skipped, warning } from './provider-report.js';

/** Every cause of a finding about logouts, with its remedy; `reports` says whether the provider reports them. */
export const LOGOUT = {
  available: (reports: string) => passed(`Logout at the provider is available. ${reports}`),
  off: (reports: string) =>
    skipped(`The provider publishes no end-session endpoint, and oidc.logout is off. ${reports}`),
  withoutEndpoint: () =>
    warning(
      'oidc.logout is on, but the provider publishes no end-session endpoint.',
      'Turn the setting off, or enable RP-initiated logout at the provider.',
    ),
} satisfies Record<string, (...seen: never[]) => Finding>;

/** Whether people can be logged out at the provider (OpenID Connect RP-Initiated Logout 1.0, section 2.1). */
export function logoutFinding(document: Document, { logout: wanted }: { readonly logout: boolean }): Finding {
  const reports =
    document.backchannel_logout_supported === true
      ? 'It reports logouts through the back channel.'
      : 'It does not report logouts.';
  if (typeof document.end_session_endpoint === 'string') return LOGOUT.available(reports);
  return wanted ? LOGOUT.withoutEndpoint() : LOGOUT.off(reports);
}
