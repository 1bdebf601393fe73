export { inspectProvider, isOk } from './provider-inspection.js';
export { ProviderCheckName, ProviderCheckStatus } from './provider-report.js';
