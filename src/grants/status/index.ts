export { grantDeadlinesOf } from './grant-deadlines.js';
export { grantFactsOf } from './grant-facts.js';
export type { KeptGrant } from './grant-facts.js';
export { grantStatusOf, isActive, isDueEarly, OidcTokenState, ReauthenticationReason } from './grant-status.js';
export type { GrantFacts, GrantStatus } from './grant-status.js';
