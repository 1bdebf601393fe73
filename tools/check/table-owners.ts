import ts from 'typescript';

/** A source file, with its path from the root of the project. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One breach of a rule, as `file:line: sentence`. */
export type Finding = string;

/** Folders that use the whole database: migrations create every table, and `rewrap` reads every sealed column. */
const EXEMPT = /^src\/(database|commands)\/|\.spec\.ts$/;
const ENTITY = /@Entity\((?:\{[^}]*?name:\s*)?'(\w+)'/g;
const SQL = /\b(?:SELECT|INSERT|UPDATE|DELETE|FROM|JOIN|WHERE|EXISTS|REFERENCES)\b/;
const GLOBAL = /@Global\(\)|\bglobal: true/;
const GLOBAL_FOLDERS = ['config', 'settings', 'health', 'audit', 'app'];

/** The step of the staircase that a file of `src` belongs to; -1 if none. */
function stepOf(path: string, staircase: readonly string[]): number {
  const steps = staircase.filter((folder) => path.startsWith(`src/${folder}/`));
  return staircase.indexOf(steps.sort((one, other) => other.length - one.length)[0] ?? '');
}

/** The file that declares the entity of each table; its folder owns the table. */
export function ownersOf(files: readonly SourceFile[]): Map<string, string> {
  const entities = files.filter(({ path }) => path.endsWith('.entity.ts'));
  return new Map(
    entities.flatMap(({ path, text }) =>
      [...text.matchAll(ENTITY)].map(([, table = '']): [string, string] => [table, path]),
    ),
  );
}

/** The string literals of a file, without the code inside templates, each with its position. */
function textsOf({ path, text }: SourceFile): { readonly text: string; readonly start: number }[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const found: { text: string; start: number }[] = [];
  const visit = (node: ts.Node): void => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (isText) found.push({ text: node.getText(source), start: node.getStart(source) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * How a string names a table: after an SQL keyword or a comma, or before a column. A name of two words is always a table;
 * a single word may also be an ordinary one.
 */
function mentionOf(table: string): RegExp {
  if (table.includes('_')) return new RegExp(`(?<![\\w.])${table}(?!\\w)`, 'g');
  return new RegExp(
    `(?:\\b(?:FROM|JOIN|INTO|UPDATE|REFERENCES|TABLE)\\s+|,\\s*)\\W?${table}(?!\\w)|(?<![\\w.])${table}(?=\\.\\w)`,
    'g',
  );
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

/** Every string that names a table of a later step of the staircase. */
export function tablesOfLaterSteps(files: readonly SourceFile[], staircase: readonly string[]): Finding[] {
  const owners = [...ownersOf(files)];
  const read = files.filter(({ path }) => !EXEMPT.test(path));
  return read.flatMap((file) => {
    const step = stepOf(file.path, staircase);
    const later = owners.filter(([, owner]) => stepOf(owner, staircase) > step);
    const texts = textsOf(file);
    return later.flatMap(([table, owner]) =>
      texts
        .filter(({ text }) => table.includes('_') || SQL.test(text))
        .flatMap(({ text, start }) => [...text.matchAll(mentionOf(table))].map(({ index }) => start + index))
        .map((at) => `${file.path}:${lineOf(file.text, at)}: names the table ${table}, which ${owner} owns`),
    );
  });
}

/** Every global module except the few that may be global. */
export function otherGlobalModules(files: readonly SourceFile[]): Finding[] {
  const modules = files.filter(({ path }) => !GLOBAL_FOLDERS.some((folder) => path.startsWith(`src/${folder}/`)));
  return modules.flatMap(({ path, text }) => {
    const found = path.endsWith('.spec.ts') ? null : GLOBAL.exec(text);
    return found ? [`${path}:${lineOf(text, found.index)}: is global; only ${GLOBAL_FOLDERS.join(', ')} may be`] : [];
  });
}
