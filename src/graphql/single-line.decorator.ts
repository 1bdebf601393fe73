import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';
import { INVISIBLE } from '../common/text/invisible-characters.js';

// In code points, as databases count: class-validator's own rule takes no account of variation selectors.
const NOT_TOO_LONG = /^.{1,255}$/su;
const VISIBLE = new RegExp(`^(?=.*\\S)(?:(?!${INVISIBLE.source}).)*$`, 'u');

/** The form of a text of one line: 1 to 255 characters, not blank, none of them {@link INVISIBLE}. */
export const SingleLine = () =>
  applyDecorators(
    Matches(NOT_TOO_LONG, { message: 'must have 1 to 255 characters.' }),
    Matches(VISIBLE, { message: 'must not be blank or contain control or invisible characters.' }),
  );
