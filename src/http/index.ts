export { basicCredentials } from './basic-credentials.js';
export { DomainErrorFilter } from './domain-error.filter.js';
export { errorPage } from './error-page.js';
export { canBeFormTarget, formPage, formPageHeaders } from './form-page.js';
export type { OutgoingForm } from './form-page.js';
export { framedPagePolicy } from './framed-page.js';
export { noticePage } from './notice-page.js';
export { builtPortal, portalPageIn } from './portal-page.js';
export { safeReturnPath } from './safe-return-path.js';
