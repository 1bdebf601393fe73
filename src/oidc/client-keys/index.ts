export { ClientKeys } from './client-keys.service.js';
export { ClientKeysController } from './client-keys.controller.js';
export { clientKeyRingOf } from './stored-client-keys.js';
