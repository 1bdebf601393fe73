import { refusal } from '../../common/errors/domain-error.js';

/** No key for client assertions can be decrypted. */
export class ClientKeyUnusable extends refusal({
  code: 'CLIENT_KEY_UNUSABLE',
  status: 503,
  fact: 'The key with which Mooring authenticates itself at the OpenID provider cannot be decrypted.',
  hint: 'An administrator should run `mooring keys rotate-client`, and register the new key set at the provider.',
}) {}
