export { AuthModeService } from './auth-mode.service.js';
export type { ChangedConfiguration, ConfigurationChange } from './auth-mode.service.js';
