import { execFile } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file system in memory with a bounded size. Mounting one takes root, or a container with that right. */
export class SmallDisk {
  private constructor(readonly path: string) {}

  /** Mounts one. */
  static async mount(megabytes: number): Promise<SmallDisk> {
    const path = await mkdtemp(join(tmpdir(), 'mooring-disk-'));
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]);
    return new SmallDisk(path);
  }

  /** Writes a file until there is no room left. */
  async fill(): Promise<void> {
    const file = await open(this.ballast, 'w');
    const page = Buffer.alloc(4096);
    try {
      for (;;) await file.write(page);
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOSPC') throw error;
    } finally {
      await file.close();
    }
  }

  /** Removes that file. */
  free(): Promise<void> {
    return rm(this.ballast, { force: true });
  }

  /** Unmounts it; what it holds is gone. */
  async remove(): Promise<void> {
    await run('umount', [this.path]);
    await rm(this.path, { recursive: true });
  }

  private get ballast(): string {
    return join(this.path, 'ballast');
  }
}
