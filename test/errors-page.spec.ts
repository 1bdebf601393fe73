import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../src/common/errors/domain-error.js';
import { refusalsIn } from '../tools/generate/refusals.js';

const root = join(import.meta.dirname, '..');

describe('The declared refusals', () => {
  it('each have a row: a status of 4xx or 5xx, a fact and a hint that end their sentence, and a text of their own', async () => {
    const rows = (await refusalsIn(join(root, 'src'))).flatMap((declared) => declared.rows);
    expect(rows.length).toBeGreaterThan(30);
    for (const { code, status, fact, hint } of rows) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
      for (const sentence of [fact, hint]) expect(sentence).toMatch(/^[A-Z].*\.$/);
    }
    const texts = rows.map((row) => `${row.status} ${row.code} ${messageOf(row)}`);
    expect(texts).toEqual([...new Set(texts)]);
    const facts = rows.map(({ fact }) => fact);
    expect(facts).toEqual([...new Set(facts)]);
  });

  it('are all on the page of errors, with their codes', async () => {
    const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');
    const rows = (await refusalsIn(join(root, 'src'))).flatMap((declared) => declared.rows);
    const absent = rows.filter(
      ({ code, fact, hint }) => !page.includes(`## \`${code}\``) || !page.includes(`${fact} ${hint}`),
    );
    expect(absent).toEqual([]);
  });
});
