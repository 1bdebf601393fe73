export { AuthModeService } from './auth-mode.service.js';
export type { ConfigurationChange } from './auth-mode.service.js';
