export { CurrentProvider } from './current-provider.service.js';
export { SharedAuthentications } from './shared-authentications.service.js';
