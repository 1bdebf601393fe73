import { Logger } from '@nestjs/common';
import { CannotOpen, Cipher, SealingContext } from './cipher.js';

const logger = new Logger('SealedValues');

/**
 * The text that was sealed for a place, or null where it does not open: rows were swapped, or it was sealed with another
 * key. Then one line of the log names the row. What a value that does not open means is for its owner to say.
 */
export function openIfPossible(cipher: Cipher, sealed: string, place: SealingContext): string | null {
  try {
    return cipher.open(sealed, place);
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    logger.warn({ ...place }, error.message);
    return null;
  }
}
