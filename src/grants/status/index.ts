export {
  grantDeadlinesOf,
  grantFactsOf,
  grantStatusOf,
  isActive,
  isDueEarly,
  isRefreshedAtUse,
  OidcTokenState,
  ReauthenticationReason,
} from './grant-status.js';
export type { GrantFacts, GrantStatus, KeptGrant } from './grant-status.js';
