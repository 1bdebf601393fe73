export { LoginPreviewModel } from './test-login.models.js';
