import { refusal } from '../../common/errors/domain-error.js';

/** No key of a registry service that has a certificate of its own can be decrypted. */
export class ServiceKeyUnusable extends refusal({
  code: 'SERVICE_KEY_UNUSABLE',
  status: 503,
  fact: 'The key that signs the tokens of this registry cannot be decrypted.',
  hint: 'An administrator should run `mooring keys rotate --service NAME --after 0`, and give the registry the new certificate.',
}) {}

/** A certificate was asked for that does not exist. The name that was asked for is not repeated. */
export class NoSuchCertificate extends refusal({
  code: 'NO_SUCH_CERTIFICATE',
  status: 404,
  fact: 'This service has no certificate of its own, or no next one is announced.',
  hint: 'REGISTRY_SERVICES lists the services that have one, with ;key=certificate; all others use /service/certificate.',
}) {}
