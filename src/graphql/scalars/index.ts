export { DateTime } from './date-time.scalar.js';
export { Secret } from './secret.scalar.js';
