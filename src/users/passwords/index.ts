export { LocalLoginService } from './local-login.service.js';
export { PasswordChange } from './password-change.service.js';
