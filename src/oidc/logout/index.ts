export { RpInitiatedLogout } from './rp-initiated-logout.service.js';
