export { FormerRights } from './former-rights.service.js';
