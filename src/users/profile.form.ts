import { applyDecorators } from '@nestjs/common';
import { Length, Matches } from 'class-validator';

/** The longest e-mail address (RFC 5321, section 4.5.3.1.3, without the angle brackets), in characters. */
export const EMAIL_MAX_LENGTH = 254;

/** A text of one line, not blank, without control characters and those that turn the direction of writing. */
export const OneLine = () =>
  applyDecorators(
    Length(1, 255, { message: 'takes 1 to 255 characters.' }),
    Matches(/^(?=.*\S)[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u, {
      message: 'must not be blank or hold control characters.',
    }),
  );
