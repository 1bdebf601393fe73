import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');

/** Words of our own that have a word of the field instead (docs/architecture.md, "Glossary"). */
const BANNED = /vouch|unseen|unsynced|weather|mishap|harbour|reseal|barred/i;

const FOLDERS = ['src', 'test', 'bench', 'demo', 'tools', 'portal/src'];
/** History, which keeps the names that it had, what is generated from the schema, and packages of others. */
const EXEMPT = /^(src\/database\/migrations\/|portal\/src\/generated\/|bench\/plain\/(node_modules|dist)\/)/;
/** Names outside the code: in the JSON that `mooring keys rewrap` prints for scripts, and in stored logins. */
const KEPT = new Set(['resealed', 'vouchedAt']);

function sources(): string[] {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  );
  return files.filter((path) => /\.(tsx?|m?js)$/.test(path) && !EXEMPT.test(path));
}

function identifiersIn(path: string): ReadonlySet<string> {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, false, kind);
  const found = new Set<string>();
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) found.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('Names in the code', () => {
  it('have none of the words that the glossary replaces: neither files nor identifiers', () => {
    const files = sources();
    expect(files.length).toBeGreaterThan(500);
    const inNames = files.filter((path) => BANNED.test(path));
    const inCode = files.flatMap((path) =>
      [...identifiersIn(path)].filter((name) => BANNED.test(name) && !KEPT.has(name)).map((name) => `${path}: ${name}`),
    );
    expect([...inNames, ...inCode]).toEqual([]);
  });
});
