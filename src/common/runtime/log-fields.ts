/** What a log line says: its fields, and the message that every line has. */
export interface LogContent {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly msg: string;
}

/** The message of a line that was given none. */
const NO_MESSAGE = 'No message.';

/** A text, if it says something. */
function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * The content of a line from what Nest's loggers are given: a text, an error, or fields with their message after them. Every
 * line gets a message; `context` comes first among the fields.
 *
 * @param more what follows the message; the context comes last, before it the stack of a text, or the message of fields
 */
export function logContentOf(message: unknown, more: readonly unknown[]): LogContent {
  const context = more.at(-1);
  const second = more.length > 1 ? more[0] : undefined;
  if (message instanceof Error) {
    return { fields: { context, stack: message.stack }, msg: textIn(message.message) ?? message.name };
  }
  if (typeof message === 'object' && message !== null) {
    const { message: own, ...fields } = message as Record<string, unknown>;
    return { fields: { context, ...fields }, msg: textIn(second) ?? textIn(own) ?? NO_MESSAGE };
  }
  const msg = textIn(message) ?? NO_MESSAGE;
  return { fields: second === undefined ? { context } : { context, stack: second }, msg };
}
