import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';
import { INVISIBLE } from '../common/text/invisible-characters.js';

const LONGEST_LINE = 255;
// Counts code points, as databases do; class-validator's own rule does not count variation selectors.
const NOT_TOO_LONG = new RegExp(`^.{1,${LONGEST_LINE}}$`, 'su');
const VISIBLE = new RegExp(`^(?=.*\\S)(?:(?!${INVISIBLE.source}).)*$`, 'u');

/** A rule for single-line texts: 1 to 255 characters, not blank, none of them {@link INVISIBLE}. */
export const SingleLine = () =>
  applyDecorators(
    Matches(NOT_TOO_LONG, { message: `must have 1 to ${LONGEST_LINE} characters.` }),
    Matches(VISIBLE, { message: 'must not be blank or contain control or invisible characters.' }),
  );
