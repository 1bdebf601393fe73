export { ConsentedTokens } from './consented-tokens.service.js';
export { GrantStore, LEASE_MS } from './grant-store.service.js';
export type { GrantGroups, GrantTokens, Lease } from './grant-store.service.js';
export { groupNamesOf, ProviderGrant } from './provider-grant.entity.js';
export type { GrantEnd, ProviderFailing } from './provider-grant.entity.js';
export { providerSessionOf } from './provider-login.js';
export type { ProviderLogin } from './provider-login.js';
