export { LogoutUnknown } from './login.errors.js';
