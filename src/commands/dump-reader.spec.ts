import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDump } from './dump-reader.js';

const SEALED = ['v1.abcdefgh.c2VhbGVk', 'v1.abcdefgh.ZGlnZXN0'];
const ID = '00000000-0000-7000-8000-000000000001';
const ROWS = {
  migrations: ["(1,1790000000000,'First1790000000000')", "(2,1790100000000,'Second1790100000000')"],
  settings: [`(1,'{}','${SEALED[0]}','${SEALED[1]}')`],
  users: [`('${ID}',NULL,'admin','v1.abcdefgh.bm90aGluZw; INSERT INTO settings')`, `('${ID}',NULL,'lin',NULL)`],
};
const END = '-- Dump completed on 2026-11-27  7:00:00\n';

describe(readDump, () => {
  let file: string;
  beforeEach(async () => (file = join(await mkdtemp(join(tmpdir(), 'mooring-spec-')), 'dump.sql')));
  afterEach(() => rm(join(file, '..'), { recursive: true }));

  const dumpWith = (between: string, end: string) => {
    const inserts = Object.entries(ROWS).map(
      ([table, rows]) => `INSERT INTO \`${table}\` VALUES${between || ' '}${rows.join(`,${between}`)};\n`,
    );
    return writeFile(file, ['-- MariaDB dump\n', ...inserts, end].join(''));
  };

  it.each([
    ['all rows on one line', ''],
    ['each row on a line', '\n'],
  ])('finds the migrations, the sealed settings and the users: %s', async (_form, between) => {
    await dumpWith(between, END);
    expect(await readDump(file)).toEqual({
      isComplete: true,
      migrations: ['First1790000000000', 'Second1790100000000'],
      sealed: SEALED,
      users: 2,
    });
  });

  it('says that a dump without its last line is not complete', async () => {
    await dumpWith('', '');
    expect((await readDump(file)).isComplete).toBe(false);
  });

  it('refuses a file with a line that is far longer than the tools write', async () => {
    await writeFile(file, '');
    await truncate(file, 80 * 1024 * 1024);
    await expect(readDump(file)).rejects.toThrow('is neither a SQLite database nor an uncompressed dump');
  });
});
