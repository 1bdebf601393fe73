import { readFileSync } from 'node:fs';

/** A fenced block of a page. */
export interface DocumentedBlock {
  readonly page: string;
  /** The line of the fence that opens it, from 1 on. */
  readonly line: number;
  /** The nearest heading above it, as written; empty without one. */
  readonly heading: string;
  /** The language that the fence names; empty if it names none. */
  readonly language: string;
  /** What is between the fences, without the indentation of the opening one. */
  readonly text: string;
}

/** The fenced blocks of a page, in order. Throws if one is not closed. */
export function pageBlocks(page: string): DocumentedBlock[] {
  return blocksOf(page, readFileSync(page, 'utf8'));
}

interface Opened extends Omit<DocumentedBlock, 'text'> {
  readonly fence: string;
  readonly indent: RegExp;
  readonly lines: string[];
}

const FENCE = /^( *)(`{3,}|~{3,}) *(\S*)/;
const HEADING = /^#+ +(.*?) *$/;

/** The fenced blocks of a text in Markdown (CommonMark, "Fenced code blocks"), in order. Throws if one is not closed. */
export function blocksOf(page: string, markdown: string): DocumentedBlock[] {
  const blocks: DocumentedBlock[] = [];
  let heading = '';
  let open: Opened | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    const mark = FENCE.exec(line);
    if (!open) {
      if (mark) open = opened(mark, { page, line: index + 1, heading });
      else heading = HEADING.exec(line)?.[1] ?? heading;
    } else if (mark?.[2]?.startsWith(open.fence) && mark[3] === '') {
      blocks.push(closed(open));
      open = undefined;
    } else open.lines.push(line.replace(open.indent, ''));
  }
  if (open) throw new Error(`${page}:${open.line}: The block is not closed.`);
  return blocks;
}

function opened(mark: RegExpExecArray, place: Pick<DocumentedBlock, 'page' | 'line' | 'heading'>): Opened {
  const [, indent = '', fence = '', language = ''] = mark;
  return { ...place, fence, language, indent: new RegExp(`^ {0,${indent.length}}`), lines: [] };
}

function closed({ page, line, heading, language, lines }: Opened): DocumentedBlock {
  return { page, line, heading, language, text: lines.map((one) => `${one}\n`).join('') };
}

/** The GraphQL documents in the JSON bodies of commands, as the shell passes them on. */
export function graphqlDocuments(commands: string): string[] {
  return [...commands.matchAll(/"query": ("(?:[^"\\]|\\.)*")/g)].map(([, text = '']) => JSON.parse(text) as string);
}
