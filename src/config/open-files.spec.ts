import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOpenToEveryone, openModeOf } from './open-files.js';

describe(isOpenToEveryone, () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-open-'));
    await chmod(folder, 0o755);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const fileOf = async (mode: number, above = 0o755) => {
    await mkdir(join(folder, 'inner'));
    const path = join(folder, 'inner', 'file');
    await writeFile(path, 'x');
    await chmod(path, mode);
    await chmod(join(folder, 'inner'), above);
    return path;
  };

  it.each([
    [0o644, 0o755, '0644'],
    [0o602, 0o711, '0602'],
    [0o660, 0o755, null],
    [0o601, 0o755, null],
    [0o644, 0o700, null],
    [0o644, 0o754, null],
  ])('of a file with the mode %o in a folder with %o', async (mode, above, open) => {
    const path = await fileOf(mode, above);
    expect([isOpenToEveryone(path), await openModeOf(path)]).toEqual([open !== null, open]);
  });

  it('of a link goes by the place that it leads to', async () => {
    const path = await fileOf(0o644);
    await mkdir(join(folder, 'closed'), { mode: 0o700 });
    await symlink(path, join(folder, 'closed', 'link'));
    expect(isOpenToEveryone(join(folder, 'closed', 'link'))).toBe(true);
    await chmod(join(folder, 'inner'), 0o700);
    await symlink(path, join(folder, 'link'));
    expect(isOpenToEveryone(join(folder, 'link'))).toBe(false);
  });

  it('of a file that is not there is no', async () => expect(await openModeOf(join(folder, 'nowhere'))).toBeNull());
});
