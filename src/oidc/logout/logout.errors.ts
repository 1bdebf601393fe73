import { refusal } from '../../common/errors/domain-error.js';

/** A front-channel logout that names no session of the provider (OpenID Connect Front-Channel Logout 1.0, section 2). */
export class FrontchannelLogoutRefused extends refusal({
  code: 'BAD_USER_INPUT',
  status: 400,
  fact: 'A front-channel logout must name the issuer (iss) and the session (sid), each once.',
  hint: 'Nobody was logged out: let the provider send both.',
}) {}
