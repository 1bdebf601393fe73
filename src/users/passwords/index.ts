export { loadArgon2 } from './argon2.js';
export { BuiltInAdminPassword, BuiltInAdminPasswordModule, randomPassword } from './built-in-admin-password.service.js';
export { LocalLoginService } from './local-login.service.js';
export { PasswordChange } from './password-change.service.js';
