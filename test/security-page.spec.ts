import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const FOLDERS = ['.ci', 'bench', 'demo', 'docs', 'examples', 'portal/src', 'src', 'test'];
const CHECKLISTS = 'docs/security';
const below = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))),
).filter((file) => !file.includes('node_modules'));
const files = [...readdirSync('.'), ...below];
const specs = files.filter((file) => file.endsWith('spec.ts'));
const stories = specs.map((file) => readFileSync(file, 'utf8')).join('\n');
const checklists = readdirSync(CHECKLISTS).map((name) => join(CHECKLISTS, name));

describe.each(['docs/security.md', 'SECURITY.md', ...checklists])('%s', (page) => {
  const text = readFileSync(page, 'utf8');
  const quoted = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, found = '']) => found))];

  it('names files that are there', () => {
    const named = quoted(/`([\w./-]+\.(?:tsx?|md|json|conf))`/g);
    const missing = named.filter((name) => !files.some((file) => file === name || file.endsWith(`/${name}`)));
    expect(missing).toEqual([]);
  });

  it('names tests by titles that they have', () => {
    const titles = quoted(/: "([^"]+)"/g).flatMap((title) => title.split('…').map((part) => part.trim()));
    expect(titles.filter((title) => !stories.includes(title))).toEqual([]);
  });

  it('names specs that are there', () => {
    const names = specs.map((file) => basename(file, '.ts'));
    expect(quoted(/`([\w.-]+\.spec)`/g).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('names stories that are there', () => {
    const listed = quoted(/^ +- spec: (.+)$/gm).flatMap((line) => [...line.matchAll(/`([a-z][\w/-]*)`/g)]);
    const names = specs.map((file) => file.replace(/^test\//, '').replace(/\.[\w-]*spec\.ts$/, ''));
    expect(listed.map(([, name = '']) => name).filter((name) => !names.includes(name))).toEqual([]);
  });
});
