import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const PAGE = 'docs/troubleshooting.md';

/** Words that people see and that others say: the registry, docker and nginx. */
const OF_OTHERS = [
  'denied: requested access to the resource is denied',
  'unauthorized: authentication required',
  'Request Header Or Cookie Too Large',
];

/** The shortest part of a sentence that is looked up, in characters. */
const SHORTEST = 8;

/** All texts in the code, and the parts of those that hold values. */
function textsOfTheCode(): string {
  const texts: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      texts.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  for (const folder of ['src', 'portal/src']) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(name) || name.endsWith('.spec.ts') || name.startsWith('generated')) continue;
      const text = readFileSync(join(root, folder, name), 'utf8');
      visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, false));
    }
  }
  return texts.join('\n');
}

/** The quoted sentences of the headings. */
function quotedIn(page: string): string[] {
  const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, heading = '']) => heading);
  return headings.flatMap((heading) => [...heading.matchAll(/"([^"]+)"/g)].map(([, quoted = '']) => quoted));
}

/** How many words of a sentence are in no text of the code, where the sentence is cut into parts as long as possible. */
function valuesIn(sentence: string, texts: string): number {
  let rest = sentence.trim();
  let values = 0;
  while (rest !== '') {
    let length = rest.length;
    while (length > 0 && !texts.includes(rest.slice(0, length))) length -= 1;
    if (length >= Math.min(SHORTEST, rest.length)) {
      rest = rest.slice(length).trimStart();
    } else {
      rest = rest.replace(/^[^\s,.:;]+\s*|^[,.:;]\s*/, '');
      values += 1;
    }
  }
  return values;
}

describe('The page about troubleshooting', () => {
  const page = readFileSync(join(root, PAGE), 'utf8');

  it('quotes only words that Mooring says, with at most one value in a sentence', () => {
    const texts = textsOfTheCode();
    const sentences = quotedIn(page)
      .filter((quoted) => !OF_OTHERS.includes(quoted))
      .flatMap((quoted) => quoted.split('…').filter((part) => /\w{3}/.test(part)));
    expect(sentences.length).toBeGreaterThan(25);
    expect(sentences.filter((sentence) => valuesIn(sentence, texts) > 1)).toEqual([]);
  });

  it('still quotes the words of others that are listed here', () => {
    expect(OF_OTHERS.filter((words) => !page.includes(words))).toEqual([]);
  });
});
