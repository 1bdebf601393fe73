export { configureApp, webServerOf } from './configure-app.js';
