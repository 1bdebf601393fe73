export { CliSecretEndings } from './cli-secret-endings.service.js';
export { CliSecret } from './cli-secret.entity.js';
export { CliSecretReader } from './cli-secret-reader.service.js';
export { CliSecretStatus } from './cli-secret-status.js';
export { CliSecretVerifier } from './cli-secret-verifier.service.js';
export { STATUS_MESSAGES } from './status-messages.js';
export type { RefusedVerification, VerifiedPrincipal } from './verification.js';
