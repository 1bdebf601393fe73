export { RefreshCoordinator } from './refresh-coordinator.service.js';
