export { inspectProvider, isOk } from './provider-inspection.js';
export { registryClientsFinding } from './registry-clients-check.js';
export { ProviderCheckName, ProviderCheckStatus } from './provider-report.js';
