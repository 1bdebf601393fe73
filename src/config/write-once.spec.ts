import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileNotWritten, writeOnce } from './write-once.js';

describe('A file that is written once', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'mooring-once-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is written with its folder, and not changed afterwards', async () => {
    const path = join(folder, 'data', 'file');
    expect(await writeOnce(path, 'first')).toBe(true);
    expect(await writeOnce(path, 'second')).toBe(false);
    expect(await readFile(path, 'utf8')).toBe('first');
    expect(await readdir(join(folder, 'data'))).toEqual(['file']);
  });

  it.each([
    ['ENOTDIR', 'is below a file', 'taken/deeper/file'],
    ['EEXIST', 'is in a file', 'taken/file'],
    ['ENAMETOOLONG', 'is too long for the file system', `${'x'.repeat(250)}`],
  ])('is named with %s where its path %s', async (code, _why, name) => {
    await writeFile(join(folder, 'taken'), '');
    const path = join(folder, name);
    const failure = await writeOnce(path, 'secret text').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(FileNotWritten);
    expect((failure as Error).message).toContain(`${path} could not be written (${code}). Check that DATA_DIR`);
    expect((failure as Error).message).not.toContain('secret text');
  });
});
