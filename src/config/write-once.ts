import { randomUUID } from 'node:crypto';
import { access, constants, link, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file in DATA_DIR could not be written; the message says which, and what to check. */
export class FileNotWritten extends Error {
  constructor(path: string, cause: unknown) {
    super(
      `${path} could not be written (${codeOf(cause)}). Check that DATA_DIR is a folder that Mooring can write, and that its disk has room; then start again.`,
      { cause },
    );
  }
}

/**
 * Writes a file that must not exist yet, readable only by its owner (mode 0600). It is written completely or not at all,
 * even if the process is killed.
 *
 * @returns false if the file already exists; it is not changed
 * @throws {FileNotWritten} if its folder can't be made or written, or the disk is full
 */
export async function writeOnce(path: string, text: string): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return await writeNew(path, text);
  } catch (error) {
    throw new FileNotWritten(path, error);
  }
}

/**
 * Makes the folder of a file where it is missing, and checks that files can be made in it.
 *
 * @throws {FileNotWritten} if not
 */
export async function demandFolderOf(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await access(dirname(path), constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new FileNotWritten(path, error);
  }
}

async function writeNew(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
    return await linked(draft, path);
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
}

async function linked(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? 'no code';
}
