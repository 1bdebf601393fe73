/**
 * What a statement must not have so that MySQL 8.0, 8.4 and 9 take it as MariaDB does: words, functions and clauses that only one
 * of the two knows. Looked up in MySQL's Reference Manual ("Keywords and Reserved Words", "Built-In Function and Operator
 * Reference", "UPDATE Statement", "DELETE Statement", "Server Error Message Reference" 1093) and in MariaDB's page
 * "Incompatibilities and Feature Differences".
 */

/** Reserved by MySQL and not by MariaDB: as a name they need quotes. */
const RESERVED_BY_MYSQL = new Set(
  `CUBE CUME_DIST DENSE_RANK EMPTY FIRST_VALUE FUNCTION GENERATED GET GROUPING GROUPS IO_AFTER_GTIDS IO_BEFORE_GTIDS LAG LAST_VALUE
   LATERAL LEAD LIBRARY MANUAL MASTER_BIND NTH_VALUE NTILE OF OPTIMIZER_COSTS PARALLEL PERCENT_RANK QUALIFY RANK ROW_NUMBER STORED SYSTEM
   TABLESAMPLE VIRTUAL`.split(/\s+/),
);

/** What may stand before a parenthesis: functions that both have, and keywords. */
const KNOWN_TO_BOTH = new Set(
  `CAST COALESCE CONCAT COUNT CURRENT_USER DATABASE DATE_FORMAT GET_LOCK GREATEST GROUP_CONCAT IF JSON_TABLE LEAST MAX MIN RELEASE_LOCK SUBSTR SUM
   TIMESTAMPDIFF UNIX_TIMESTAMP UTC_TIMESTAMP VALUES VERSION
   ALL AND AS BY CASE COLUMNS ELSE EXISTS FROM IN INTO JOIN KEY NOT ON OR REFERENCES SELECT SET THEN UNION USING WHEN WHERE CHAR VARCHAR BIGINT`.split(
    /\s+/,
  ),
);

/** Clauses that only MariaDB knows, each with its name. */
const OF_MARIADB_ALONE: Readonly<Record<string, RegExp>> = {
  RETURNING: /\bRETURNING\b/i,
  'IF EXISTS of a part of a table': /\b(ADD|DROP|MODIFY|CHANGE)\s+(COLUMN|INDEX|KEY|CONSTRAINT|FOREIGN KEY)\s+IF\b/i,
  'CREATE INDEX IF NOT EXISTS': /\b(CREATE\s+(UNIQUE\s+)?INDEX|DROP\s+INDEX)\s+IF\b/i,
  'CREATE OR REPLACE TABLE': /\bCREATE\s+OR\s+REPLACE\s+TABLE\b/i,
  'a comment for MariaDB': /\/\*M!/,
  'SET STATEMENT': /\bSET\s+STATEMENT\b/i,
  'rows examined': /\bROWS\s+EXAMINED\b/i,
  'WAIT n': /\b(FOR\s+UPDATE|LOCK\s+IN\s+SHARE\s+MODE|LOCK|ALTER)\b[^;]*\bWAIT\s+\d/i,
  'a sequence': /\b(NEXT|PREVIOUS)\s+VALUE\s+FOR\b/i,
  'the type UUID or INET': /\b(UUID|INET4|INET6)\s+(NOT\s+)?NULL\b/i,
};

/** What keeps a text of SQL, in which `§` stands for what is put into it, from MySQL; empty if nothing does. */
export function problemsAtMysql(sql: string): string[] {
  const bare = sql.replace(/'[^']*'|`[^`]*`|"[^"]*"/g, ' ');
  return [...reservedNames(bare), ...unknownFunctions(bare), ...clausesOfMariaDb(sql), ...readsOfItself(bare)];
}

function reservedNames(sql: string): string[] {
  // A function of that name is meant where a parenthesis follows.
  const words = [...sql.matchAll(/\b([A-Z_]+)\b(?!\s*\()/gi)].map(([, word = '']) => word);
  return words.filter((word) => RESERVED_BY_MYSQL.has(word.toUpperCase())).map((word) => `reserved: ${word}`);
}

function unknownFunctions(sql: string): string[] {
  // Only what is written in capitals is a function here; the names of tables and columns are not.
  const names = [...sql.matchAll(/\b([A-Z][A-Z0-9_]*)\s?\(/g)].map(([, name = '']) => name);
  return names.filter((name) => !KNOWN_TO_BOTH.has(name)).map((name) => `function: ${name}`);
}

function clausesOfMariaDb(sql: string): string[] {
  return Object.entries(OF_MARIADB_ALONE).flatMap(([name, clause]) => (clause.test(sql) ? [`MariaDB's: ${name}`] : []));
}

/** A table that is made by a query, with parentheses of functions in it: MySQL reads it first, and whole. */
const DERIVED = /\bFROM\s+\(\s*SELECT\b(?:[^()]|\([^()]*\))*\)\s+AS\s+\w+/gi;

/** MySQL changes no table that the same statement reads in a query inside it (error 1093). */
function readsOfItself(sql: string): string[] {
  const [, table = ''] = /^\s*(?:UPDATE|DELETE\s+FROM)\s+(\w+)/i.exec(sql) ?? [];
  const inside = sql.slice(sql.search(/\b(SET|WHERE)\b/i)).replace(DERIVED, ' ');
  return table && new RegExp(`\\b(FROM|JOIN)\\s+${table}\\b`, 'i').test(inside)
    ? [`reads what it changes: ${table}`]
    : [];
}
