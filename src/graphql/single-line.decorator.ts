import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';
import { UNSEEN } from '../common/text/invisible-characters.js';

// In code points, as databases count: class-validator's own rule takes no account of variation selectors.
const NOT_TOO_LONG = /^.{1,255}$/su;
const VISIBLE = new RegExp(`^(?=.*\\S)(?:(?!${UNSEEN.source}).)*$`, 'u');

/** The form of a text of one line: 1 to 255 characters, not blank, none of them {@link UNSEEN}. */
export const OneLine = () =>
  applyDecorators(
    Matches(NOT_TOO_LONG, { message: 'takes 1 to 255 characters.' }),
    Matches(VISIBLE, { message: 'must not be blank or hold control or invisible characters.' }),
  );
