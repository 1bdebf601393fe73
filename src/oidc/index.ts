export { CurrentProvider } from './current-provider.service.js';
