import { ValidateBy } from 'class-validator';
import { fitsFolded } from '../common/text/case-folding.js';

/** The longest e-mail address (RFC 5321, section 4.5.3.1.3, without the angle brackets), in characters. */
export const EMAIL_MAX_LENGTH = 254;

const MESSAGE = `must not be longer than ${EMAIL_MAX_LENGTH} characters, also with its letters written out (such as "ffi" for "\ufb03").`;

/** The validation options of an e-mail address. */
export const NOT_AN_ADDRESS = { message: 'must be an e-mail address.' };

/** Limits an e-mail address to the longest possible address, both as written and as folded. */
export const EmailFits = () =>
  ValidateBy({
    name: 'emailFits',
    validator: {
      validate: (value) => typeof value === 'string' && fitsFolded(value, EMAIL_MAX_LENGTH),
      defaultMessage: () => MESSAGE,
    },
  });
