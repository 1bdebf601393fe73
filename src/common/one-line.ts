import { applyDecorators } from '@nestjs/common';
import { Length, Matches } from 'class-validator';
import { UNSEEN } from './unseen.js';

const VISIBLE = new RegExp(`^(?=.*\\S)(?:(?!${UNSEEN.source}).)*$`, 'u');

/** The form of a text of one line: 1 to 255 characters, not blank, none of them {@link UNSEEN}. */
export const OneLine = () =>
  applyDecorators(
    Length(1, 255, { message: 'takes 1 to 255 characters.' }),
    Matches(VISIBLE, { message: 'must not be blank or hold control or invisible characters.' }),
  );
