export { MOST_CLOCKS_APART_MS } from './refresh-attempt.service.js';
export { RefreshCoordinator } from './refresh-coordinator.service.js';
export { UserinfoConfirmation } from './userinfo-confirmation.service.js';
