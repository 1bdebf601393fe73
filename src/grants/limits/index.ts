export { LIMITED_LOGIN, LoginLimit, loginLimitOf } from './login-limit.js';
export type { LimitedLogin } from './login-limit.js';
export { loginLimitIn, loginLimitRefusal, LoginNotAllowed } from './login-limits.errors.js';
