import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['docs', 'portal', 'src', 'tools'];
const page = readFileSync('docs/architecture.md', 'utf8');
const quoted = (pattern: RegExp) => [...new Set([...page.matchAll(pattern)].map(([, found = '']) => found))];

const below = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((name) => !name.includes('node_modules')),
);
const paths = [...FOLDERS, ...readdirSync('.'), ...below];
const isThere = (name: string) => paths.some((path) => path === name || path.endsWith(`/${name}`));

describe('docs/architecture.md', () => {
  it('names files that are there', () => {
    expect(quoted(/`([\w./-]+\.(?:tsx?|cjs|graphql))`/g).filter((name) => !isThere(name))).toEqual([]);
  });

  it('names folders that are there', () => {
    expect(quoted(/`([a-z][a-z/-]*)\/`/g).filter((name) => !isThere(name))).toEqual([]);
  });

  it('has a row for every folder of src', () => {
    const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const rows = quoted(/^\| `([a-z/-]+)\/` +\|/gm);
    expect(folders.map(({ name }) => name).filter((name) => !rows.includes(name))).toEqual([]);
  });

  it('lists the folders in the order of the staircase', () => {
    const rule = readFileSync('.dependency-cruiser.cjs', 'utf8').split('];')[0] ?? '';
    const steps = [...rule.matchAll(/^ {2}'([a-z/-]+)',$/gm)].map(([, step = '']) => step);
    const rows = quoted(/^\| `([a-z/-]+)\/` +\|/gm).filter((name) => steps.includes(name));
    expect(rows).toEqual(steps);
  });
});
