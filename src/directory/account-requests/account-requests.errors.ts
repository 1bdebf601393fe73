import { refusal } from '../../common/errors/domain-error.js';

/** The request was decided or changed, or one of the two identities is another one by now. */
export class IdentityChanged extends refusal({
  code: 'IDENTITY_CHANGED',
  status: 409,
  fact: 'This request, or one of the two identities, has changed since it was shown.',
  hint: 'Load the list again. Nothing was changed.',
}) {}
