import { grantDeadlinesOf, LifeSettings } from './grant-deadlines.js';
import type { NamedProvider } from '../statements/grant-end.js';
import type { GrantFacts } from './grant-status.js';
import type { ProviderGrant } from '../provider-grant.entity.js';

/** The settings that decide the status of a grant. */
export type GrantSettings = NamedProvider & LifeSettings;

/** The columns of a grant that decide its status. */
export interface KeptGrant extends Pick<
  ProviderGrant,
  'issuer' | 'clientId' | 'expiresAt' | 'verifiedAt' | 'endReason' | 'failure'
> {
  readonly hasRefreshToken: boolean;
}

/** The facts about a stored grant that decide its status under these settings. */
export function grantFactsOf(
  { issuer, clientId, hasRefreshToken, expiresAt, verifiedAt, endReason, failure }: KeptGrant,
  settings: GrantSettings,
): GrantFacts {
  const isFromCurrentProvider = issuer === settings.endpoint && clientId === settings.clientId;
  const deadlines = grantDeadlinesOf(expiresAt, verifiedAt, settings);
  return { isFromCurrentProvider, hasRefreshToken, ...deadlines, endReason, failure };
}
