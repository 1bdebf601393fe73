import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';

const page = readFileSync('docs/tracing.md', 'utf8');
const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;
const told = [...page.matchAll(/^ {2}(@[\w/-]+)@([\d.]+)/gm)].map(([, name = '', version = '']) => [name, version]);

describe('docs/tracing.md', () => {
  it('tells to install exactly the packages that the code imports, in the versions that are tested', () => {
    const files = readdirSync('src/tracing').filter((name) => !name.endsWith('.spec.ts'));
    const code = files.map((name) => readFileSync(`src/tracing/${name}`, 'utf8')).join('\n');
    const imported = new Set([...code.matchAll(/from '(@[\w/-]+)'/g)].map(([, name]) => name));
    expect(told.map(([name]) => name)).toEqual([...imported].sort());
    expect(Object.fromEntries(told)).toEqual(
      Object.fromEntries(told.map(([name = '']) => [name, devDependencies[name]])),
    );
  });

  it('is right that they are no dependencies of the server', () => {
    expect(told.filter(([name = '']) => name in dependencies)).toEqual([]);
  });
});
