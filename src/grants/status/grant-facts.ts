import { grantDeadlinesOf, LifeSettings } from './grant-deadlines.js';
import type { NamedProvider } from '../statements/grant-end.js';
import type { GrantFacts } from './grant-status.js';
import type { ProviderGrant } from '../provider-grant.entity.js';

/** The settings that decide what a grant is worth. */
export type GrantSettings = NamedProvider & LifeSettings;

/** What has to be read of a grant to tell its status. */
export interface KeptGrant extends Pick<
  ProviderGrant,
  'issuer' | 'clientId' | 'expiresAt' | 'verifiedAt' | 'endReason' | 'failure'
> {
  readonly hasRefreshToken: boolean;
}

/** What of a stored grant decides its status under these settings. */
export function grantFactsOf(
  { issuer, clientId, hasRefreshToken, expiresAt, verifiedAt, endReason, failure }: KeptGrant,
  settings: GrantSettings,
): GrantFacts {
  const isFromCurrentProvider = issuer === settings.endpoint && clientId === settings.clientId;
  const deadlines = grantDeadlinesOf(expiresAt, verifiedAt, settings);
  return { isFromCurrentProvider, hasRefreshToken, ...deadlines, endReason, failure };
}
