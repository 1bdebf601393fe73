export type { TokenKey } from './key-ring.js';
export { KEY_STAMP } from './key-stamp.statements.js';
export { LEAF_SECONDS, leafCertificate } from './signing-certificate.js';
export { SigningKeys } from './signing-keys.service.js';
