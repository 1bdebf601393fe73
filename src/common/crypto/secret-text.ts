import { inspect } from 'node:util';

const MASK = '[secret]';

/**
 * A password, secret or token in memory. Printing, logging or serialising it shows a mask; only {@link reveal} gives
 * the text, so that a grep for `reveal(` finds every place where a secret leaves its wrapping.
 */
export class SecretText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
