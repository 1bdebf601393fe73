export { CERTIFICATE_PATH, certificatePathOf } from './certificate-path.js';
export type { TokenKey } from './key-ring.js';
export { KEY_STAMP } from './key-stamp.statements.js';
export { NoSuchCertificate } from './service-keys.errors.js';
export type { OpenedServiceKey } from './service-keys.service.js';
export { ServiceKeys } from './service-keys.service.js';
export { derOf, LEAF_SECONDS, leafCertificate } from './signing-certificate.js';
export { SigningKeys } from './signing-keys.service.js';
export { keyOf } from './stored-keys.js';
