import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A text of the source that is SQL, or part of one; what is put into it stands as `§`. */
export interface SqlText {
  readonly place: string;
  readonly sql: string;
}

/** Words that stand in upper case in SQL, and hardly in a sentence. */
const SQL =
  /\b(SELECT|INSERT|UPDATE|DELETE FROM|FROM|WHERE|JOIN|ORDER BY|GROUP BY|VALUES|INTERVAL|UTC_TIMESTAMP|IS (NOT )?NULL|REFERENCES|SHOW|CASE WHEN|COALESCE|ALTER (TABLE|DATABASE)|SET SESSION)\b/;

/** A sentence to people, or a clause that only SQLite has. */
const IS_OTHER = /\.$|^The |\bON CONFLICT\b/;

/** The texts of SQL in `src` that a MariaDB or MySQL server may get: not those that only SQLite gets. */
export function sqlTexts(folder = 'src'): SqlText[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !name.includes('sqlite'),
  );
  return files.flatMap((name) => textsOf(join(folder, name)));
}

function textsOf(path: string): SqlText[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const texts: SqlText[] = [];
  const visit = (node: ts.Node): void => {
    if (isForSqlite(node)) return;
    const sql = textOf(node);
    if (sql !== undefined && SQL.test(sql) && !IS_OTHER.test(sql)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      texts.push({ place: `${path}:${line + 1}`, sql });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

function isForSqlite(node: ts.Node): boolean {
  return ts.isPropertyAssignment(node) && /sqlite/i.test(node.name.getText());
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `§${literal.text}`).join('');
}
