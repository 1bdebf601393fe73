import { inspect } from 'node:util';

const MASK = '[secret]';

/**
 * A password, secret or token in memory. Printing, logging or serialising it shows a mask; only {@link reveal} returns
 * the text, so a search for `reveal(` finds every place that reads a secret.
 */
export class SecretText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * A password or secret as a person or a script gave it: one line break at its end is not part of it, because files and pipes
   * add one.
   */
  static given(text: string): SecretText {
    return new SecretText(text.replace(/\r?\n$/, ''));
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
