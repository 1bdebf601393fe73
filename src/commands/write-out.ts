import { once } from 'node:events';

/** Writes a text on stdout, and waits while the reader is slower. A reader that has gone ends the process. */
export async function writeOut(text: string): Promise<void> {
  if (!process.stdout.write(text, endWithoutReader)) await once(process.stdout, 'drain');
}

/** `mooring users list | head` reads only the first lines. */
function endWithoutReader(error?: NodeJS.ErrnoException | null): void {
  if (error?.code === 'EPIPE') process.exit(0);
}
