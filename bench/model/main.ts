import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { Assumptions, ASSUMPTIONS, USUAL } from './assumptions.js';
import { Measured, MEASURED, readMeasured } from './measured.js';
import { asMarkdown, asText, SIZES, tablesOf, withTables } from './tables.js';

const PAGE = 'docs/scaling.md';
const USAGE = 64;
/** As Keycloak sends them; access tokens are stored of administrators only. */
const [USERS, TOKENS] = [20_000, { idToken: 1_200, accessToken: 0, refreshToken: 700 }];

const options = Object.entries(ASSUMPTIONS).map(([name, { fallback, unit, about }]) => {
  return `  --${`${name} N`.padEnd(25)} ${about} (${fallback} ${unit})`;
});
const HELP = `Computes what an installation needs, from measured costs and from assumptions, and prints tables.

  npm run bench:model [-- OPTIONS]

  --people N,N,...            for so many people (${SIZES.join(',')})
  --measure                   measures the costs again, and keeps them in ${MEASURED}: about five minutes
  --docs                      writes the tables into ${PAGE}
${options.join('\n')}

A small case of each kind is simulated and printed beside what was measured. The same input gives the same tables.
--measure needs a build (npm run build:server), Linux for CPU times, and mariadbd.
`;

/** @throws {TypeError} if it is not a number above 0 */
function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new TypeError(`--${name} must be a number above 0, not ${text}.`);
  return value;
}

function assumptionsOf(values: Readonly<Record<string, unknown>>): Assumptions {
  const given = Object.keys(ASSUMPTIONS).flatMap((name) => {
    const text = values[name];
    return typeof text === 'string' ? [[name, numberOf(name, text)] as const] : [];
  });
  return { ...USUAL, ...Object.fromEntries(given) };
}

const tell = (text: string) => void process.stderr.write(`${text}\n`);

async function measure(): Promise<void> {
  const [{ measureOperations }, { bytesOn }] = [
    await import('./measure-operations.js'),
    await import('./measure-bytes.js'),
  ];
  const operations = await measureOperations(tell);
  tell(`${USERS} users on MariaDB`);
  const MariaDB = await bytesOn('MariaDB', USERS, TOKENS);
  tell(`${USERS} users on SQLite`);
  const SQLite = await bytesOn('SQLite', USERS, TOKENS);
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const machine = `${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, ${commit}`;
  const { idToken, refreshToken } = TOKENS;
  const tokens = `ID and refresh token of ${idToken} and ${refreshToken} characters`;
  const measured: Measured = { machine, ...operations, bytes: { MariaDB, SQLite }, tokens };
  await writeFile(MEASURED, `${JSON.stringify(measured, null, 2)}\n`);
}

async function main(): Promise<void> {
  const names = Object.keys(ASSUMPTIONS).map((name) => [name, { type: 'string' }] as const);
  const { values } = parseArgs({
    options: {
      ...Object.fromEntries(names),
      people: { type: 'string' },
      ...{ measure: { type: 'boolean' }, docs: { type: 'boolean' }, help: { type: 'boolean' } },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const inputs = assumptionsOf(values);
  const sizes = values.people?.split(',').map((text) => numberOf('people', text)) ?? SIZES;
  if (values.measure) await measure();
  const measured = await readMeasured();
  const tables = tablesOf(inputs, measured, sizes);
  process.stdout.write(asText(tables, measured));
  if (!values.docs) return;
  const page = withTables(await readFile(PAGE, 'utf8'), asMarkdown(tables, measured));
  await writeFile(PAGE, await format(page, { ...(await resolveConfig(PAGE)), parser: 'markdown' }));
}

try {
  await main();
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  process.stderr.write(`${error.message}\n\n${HELP}`);
  process.exitCode = USAGE;
}
