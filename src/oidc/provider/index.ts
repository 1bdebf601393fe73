export type { VerifiedProfile } from './claims.js';
export { ProviderClient } from './provider-client.js';
export type { LoginChecks, ProviderTokens, VerifiedLogin } from './provider-client.js';
export { asProviderFailure } from './provider-failure.js';
export type { ProviderSettings } from './provider-settings.js';
export { ProviderError, ProviderUnavailable } from './provider.errors.js';
export { ProviderService } from './provider.service.js';
export { inspectProvider, isOk } from './provider-inspection.js';
export { ProviderCheckName, ProviderCheckStatus } from './provider-report.js';
