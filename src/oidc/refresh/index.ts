export { RefreshCoordinator } from './refresh-coordinator.service.js';
export { UserinfoConfirmation } from './userinfo-confirmation.service.js';
