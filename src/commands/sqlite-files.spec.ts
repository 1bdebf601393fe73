import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillNewFile } from './sqlite-files.js';

describe(fillNewFile, () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'mooring-files-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('makes the file only when it is complete: a process that is killed before leaves none under this name', async () => {
    let whileFilling: string[] = [];
    await fillNewFile(join(folder, 'made'), async (draft) => {
      await writeFile(draft, 'whole');
      whileFilling = await readdir(folder);
    });
    expect(whileFilling).toEqual([expect.stringMatching(/^made\.unfinished-[0-9a-f]{12}$/)]);
    expect(await readdir(folder)).toEqual(['made']);
    expect(await readFile(join(folder, 'made'), 'utf8')).toBe('whole');
  });

  it('makes the next one beside the draft of a process that was killed and had the same ID', async () => {
    await writeFile(join(folder, `made.unfinished-${process.pid}`), 'half');
    await fillNewFile(join(folder, 'made'), (draft) => writeFile(draft, 'whole'));
    expect(await readFile(join(folder, 'made'), 'utf8')).toBe('whole');
  });

  it('does not replace a file that another process makes meanwhile', async () => {
    const filled = fillNewFile(join(folder, 'made'), () => writeFile(join(folder, 'made'), 'of another'));
    await expect(filled).rejects.toThrow('exists already, and was not changed');
    expect(await readFile(join(folder, 'made'), 'utf8')).toBe('of another');
    expect(await readdir(folder)).toEqual(['made']);
  });

  it('leaves nothing where it fails', async () => {
    await expect(fillNewFile(join(folder, 'made'), () => Promise.reject(new Error('full')))).rejects.toThrow('full');
    expect(await readdir(folder)).toEqual([]);
  });
});
