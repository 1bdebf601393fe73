import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { mergedInto, readReport, writeReport } from './report/json.js';
import { withTable } from './report/page.js';
import { writePlots } from './report/plots.js';
import { missedIn, Report, Row } from './report/row.js';
import { textTable } from './report/table.js';
import { say } from './rounds.js';
import { Bench, Scenario, SCENARIOS } from './scenarios/index.js';
import { profileInto } from './server.js';

const ROUNDS = 7;
const seconds = Number(process.env.BENCH_SECONDS ?? 2);
const RECORDED = 'bench/recorded.json';
const [PAGE, PAGE_FOLDER, PLOTS] = ['docs/performance.md', 'docs', 'performance'];
const USAGE = 64;

const HELP = `Measures Mooring against ceilings, and prints one table.

  npm run bench [-- [SCENARIO ...] [OPTIONS]]

Without names it measures everything but the long scenarios, which need a million users: about ten minutes.

  --full            the long ones too
  --list            lists the scenarios
  --json FILE       writes the figures there (default: bench/results/, by time)
  --from FILE       measures nothing, and takes the figures of such a file
  --plots FOLDER    draws plots there, in SVG
  --profile FOLDER  each server writes a CPU profile there when it ends, which costs it some of its speed
  --docs            writes the table and the plots into ${PAGE} and ${PAGE_FOLDER}/${PLOTS}
  --record          keeps the figures in ${RECORDED}: later runs print them beside their own

A comparison has ${ROUNDS} alternating rounds with 50 connections; BENCH_SECONDS is the length of a round (default 2).
Exits with 1 if a goal is missed or a scenario fails. Needs Linux for CPU times, and mariadbd for MariaDB.
`;

const OPTIONS = {
  full: { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
  json: { type: 'string' },
  from: { type: 'string' },
  plots: { type: 'string' },
  profile: { type: 'string' },
  docs: { type: 'boolean', default: false },
  record: { type: 'boolean', default: false },
} as const;

type Choices = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>['values'];

const began = performance.now();

/** Says on standard error what is going on, after the seconds since the start. */
function tell(text: string): void {
  process.stderr.write(`[${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s] ${text}\n`);
}

function machine(): string {
  const load = loadavg().map((one) => one.toFixed(2));
  const version = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const processors = `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown processor'}`;
  return `${processors}, Node ${process.versions.node}, load before the run ${load.join(' ')}, ${version}, rounds of ${seconds} s`;
}

async function measure(scenario: Scenario, bench: Bench): Promise<Row[]> {
  tell(scenario.name);
  try {
    return await scenario.measure(bench);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    tell(`${scenario.name} failed: ${error instanceof Error ? (error.stack ?? message) : message}`);
    return [{ kind: 'failed', name: scenario.name, message: message.split('\n')[0] ?? '' }];
  }
}

async function measureAll(scenarios: readonly Scenario[], isFull: boolean): Promise<Report> {
  const about = machine();
  let name = '';
  const bench = new Bench({ seconds, rounds: ROUNDS, tell: (text) => tell(`${name}: ${text}`) }, isFull);
  const rows: Row[] = [];
  try {
    for (const scenario of scenarios) {
      ({ name } = scenario);
      rows.push(...(await measure(scenario, bench)));
    }
  } finally {
    await bench.close();
  }
  tell('done');
  return { machine: about, rows };
}

async function writeDocs(report: Report, recorded: Report | undefined): Promise<void> {
  const plots = await writePlots(`${PAGE_FOLDER}/${PLOTS}`, report);
  const addresses = plots.map((name) => `${PLOTS}/${name}`);
  await writeFile(PAGE, withTable(await readFile(PAGE, 'utf8'), report, addresses, recorded));
}

/** Prints and stores a report as it was asked for; returns whether every goal is met. */
async function hand(report: Report, choices: Choices): Promise<boolean> {
  const recorded = await readReport(RECORDED);
  say(textTable(report, recorded));
  if (!choices.from) {
    const file = choices.json ?? `bench/results/${new Date().toISOString().replaceAll(':', '-')}.json`;
    await writeReport(file, report);
    tell(`The figures are in ${file}.`);
  }
  if (choices.plots) await writePlots(choices.plots, report);
  if (choices.docs) await writeDocs(report, recorded);
  if (choices.record) await writeReport(RECORDED, mergedInto(recorded, report));
  const missed = missedIn(report.rows);
  say(missed.length === 0 ? 'All goals are met.' : `Missed: ${missed.join('; ')}.`);
  return missed.length === 0;
}

function chosen(names: readonly string[], isFull: boolean): readonly Scenario[] {
  const unknown = names.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
  if (unknown.length > 0) throw new TypeError(`There is no scenario ${unknown.join(', ')}; see --list.`);
  if (names.length > 0) return SCENARIOS.filter(({ name }) => names.includes(name));
  return SCENARIOS.filter(({ isLong }) => isFull || !isLong);
}

function list(): void {
  const width = Math.max(...SCENARIOS.map(({ name }) => name.length));
  for (const { name, about, goal, isLong } of SCENARIOS)
    say(`${name.padEnd(width)}  ${about}; goal: ${goal}${isLong ? ' (--full)' : ''}`);
}

async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) return (process.stdout.write(HELP), true);
  if (values.list) return (list(), true);
  const scenarios = chosen(positionals, values.full);
  if (values.profile) profileInto(values.profile);
  const report = values.from ? await readReport(values.from) : await measureAll(scenarios, values.full);
  if (!report) throw new TypeError(`There is no file ${values.from}.`);
  return hand(report, values);
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  process.stderr.write(`${error.message}\n\n${HELP}`);
  process.exitCode = USAGE;
}
