import { refusal } from '../../common/errors/domain-error.js';

/** No key of a registry service that has a certificate of its own can be decrypted. */
export class ServiceKeyUnusable extends refusal({
  code: 'SERVICE_KEY_UNUSABLE',
  status: 503,
  fact: 'The key that signs the tokens of this registry cannot be decrypted.',
  hint: 'An administrator should run `mooring keys rotate --service NAME --after 0`, and give the registry the new certificate.',
}) {}
