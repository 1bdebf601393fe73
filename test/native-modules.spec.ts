import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// A native module that is built on V8 itself belongs to one version of Node, and one that derives from node::ObjectWrap is
// killed by Node 24.19 and newer (nodejs/node#65446). One that is built on Node-API is bound to neither.
const PAGE = 'docs/security/checklist-packages.md';
const HEADING = '## Native modules';
const MOST_BYTES = 64 * 1024 * 1024;

interface Row {
  readonly name: string;
  readonly builtOn: string;
}

function rowsOf(page: string): Row[] {
  const section = page.split(`${HEADING}\n`)[1]?.split('\n#')[0] ?? '';
  const cells = section.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return cells.flatMap(([, name = '', , builtOn = '']) =>
    name.startsWith('`') ? [{ name: name.replaceAll('`', ''), builtOn }] : [],
  );
}

const binaries = readdirSync('node_modules', { recursive: true })
  .map(String)
  // What a compilation leaves beside its result is not loaded by anybody.
  .filter((file) => file.endsWith('.node') && !/obj\.target|test_extension/.test(file))
  .map((file) => ({ file: join('node_modules', file), owner: /^((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? file }));

/** What a binary takes from and gives to the process that loads it, by `nm`; all of it where `nm` is missing or the binary is of another system. */
function symbolsOf(file: string): string {
  const { status, stdout } = spawnSync('nm', ['--dynamic', file], {
    encoding: 'utf8',
    maxBuffer: MOST_BYTES,
  });
  return status === 0 && stdout !== '' ? stdout : readFileSync(file, 'latin1');
}

const isOnNodeApi = (symbols: string) => symbols.includes('napi_') && !/ZN2v8|ZNK2v8|@v8@@|ZN4node/.test(symbols);
const isNamed = (owner: string) => (row: Row) => new RegExp(`^${row.name.replaceAll('*', '[\\w-]+')}$`).test(owner);

describe('The native modules', () => {
  const rows = rowsOf(readFileSync(PAGE, 'utf8'));

  it.each(binaries)('$file is on the list, and built as the list says', ({ file, owner }) => {
    const row = rows.find(isNamed(owner));
    expect(row).toBeDefined();
    expect(isOnNodeApi(symbolsOf(file))).toBe(row?.builtOn === 'Node-API');
  });

  it('are built on Node-API, but for the SQLite driver of Node 20', () => {
    expect(rows.filter(({ builtOn }) => builtOn !== 'Node-API').map(({ name }) => name)).toEqual(['better-sqlite3-12']);
    expect(binaries.some(({ owner }) => owner === 'better-sqlite3-12')).toBe(process.versions.node.startsWith('20.'));
  });

  it('come with marks in the lock that spare a newer Node from compiling', () => {
    interface Lock {
      readonly packages: Readonly<Record<string, { gypfile?: boolean; engines?: { node?: string } }>>;
    }
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
    // Missing where the lock was written anew: npm run lock.
    expect(packages['node_modules/better-sqlite3']?.gypfile).toBe(false);
    expect(packages['node_modules/better-sqlite3-12']?.engines?.node).toBe('20.x');
  });
});
