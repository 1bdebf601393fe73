import { createInterface } from 'node:readline';
import { UsageError } from './usage-error.js';

/** Where a question is asked. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

const OF_PROCESS: Terminal = { input: process.stdin, output: process.stderr };

/** A question was not answered with the wanted text. */
export class NotConfirmed extends Error {
  constructor() {
    super('That is not the text. Nothing was changed.');
  }
}

/**
 * Refuses a command that has to be confirmed where nobody can be asked.
 *
 * @throws {UsageError} without a terminal and without `--yes`
 */
export function demandTerminal(isConfirmed: boolean, { input }: Terminal = OF_PROCESS): void {
  if (!isConfirmed && !input.isTTY) throw new UsageError('--yes', 'is required where no terminal can be asked.');
}

/**
 * Asks on the terminal for a text that has to be typed.
 *
 * @throws {NotConfirmed} if another text is typed, or the input ends
 */
export async function confirm(question: string, wanted: string, terminal: Terminal = OF_PROCESS): Promise<void> {
  const lines = createInterface(terminal);
  try {
    const answer = await new Promise<string>((resolve) => {
      lines.question(question, resolve);
      lines.once('close', () => resolve(''));
    });
    if (answer.trim() !== wanted) throw new NotConfirmed();
  } finally {
    lines.close();
  }
}
