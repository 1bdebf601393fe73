export { basicCredentials } from './basic-credentials.js';
export type { BasicCredentials } from './basic-credentials.js';
export { errorPage } from './error-page.js';
export { safeReturnPath } from './safe-return-path.js';
