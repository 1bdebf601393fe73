import { Logger } from '@nestjs/common';
import { CannotOpen, Cipher, SealingContext } from './cipher.js';

const logger = new Logger('SealedValues');

/**
 * The text that was sealed for a place, or null if it cannot be opened, because rows were swapped or it was sealed with
 * another key. Then a log line names the row. The caller decides what an unreadable value means.
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
