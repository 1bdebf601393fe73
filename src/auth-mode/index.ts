export { AuthModeService } from './auth-mode.service.js';
