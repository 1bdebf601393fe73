import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(js|css|html|svg)$/;

/** Lays a compressed copy beside each text, once at the build instead of at every request. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      const names = await readdir(dir, { recursive: true });
      await Promise.all(names.filter((name) => TEXT.test(name)).map((name) => layBeside(join(dir, name))));
    },
  };
}

async function layBeside(path: string): Promise<void> {
  const text = await readFile(path);
  await Promise.all([writeFile(`${path}.br`, brotliCompressSync(text)), writeFile(`${path}.gz`, gzipSync(text))]);
}
