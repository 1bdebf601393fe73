export { ProviderLogout } from './provider-logout.entity.js';
export { LoggedOutMeanwhile } from './provider-logouts.errors.js';
export { endedByCondition, logoutMatching, ProviderLogouts } from './provider-logouts.service.js';
export type { Condition } from './provider-logouts.service.js';
export { providerDigest } from './provider-session.js';
export type { ProviderSession } from './provider-session.js';
