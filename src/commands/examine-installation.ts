import { releaseOf } from '../common/runtime/release.js';
import { Clock } from '../common/runtime/clock.js';
import { loadDotEnv } from '../config/dot-env.js';
import { InvalidEnvironment } from '../config/env.js';
import { DoctorContext, DoctorQuestions, EXAMINATIONS, ExaminedPart, runExaminations } from '../doctor/index.js';
import { tellInstallation } from './command-context.js';
import { isBad, reportJson, reportText } from './doctor-report.js';
import { writeOut } from './write-out.js';

/** How `mooring doctor` is to tell what it finds. */
export interface DoctorOptions extends DoctorQuestions {
  readonly json: boolean;
  /** Whether warnings, and what could not be examined, count as errors. */
  readonly strict: boolean;
}

/** How long the end waits for an examination whose time is over. */
const END_MS = 2_000;

/**
 * Examines the installation that the environment names, and prints the report on stdout; the exit code says whether it is
 * bad. Changes nothing, and ends within half a minute.
 */
export async function examineInstallation({ json, strict, ...questions }: DoctorOptions): Promise<void> {
  const problem = dotEnvProblem();
  const context = new DoctorContext(process.env, questions);
  if (context.known.unusable.size === 0) await tellInstallation(context.environment);
  const parts = await runExaminations(EXAMINATIONS, context, tellProgress());
  const clock = new Clock();
  const about = { release: releaseOf(import.meta.dirname), at: clock.now() };
  const all = problem ? [problem, ...parts] : parts;
  await writeOut(json ? reportJson(all, about) : reportText(all, hasColours()));
  if (isBad(all, strict)) process.exitCode = 1;
  // What hangs, such as a file on a lost network disk, must not keep the command from ending.
  setTimeout(() => process.exit(), END_MS).unref();
  await context.close();
}

/** The file `.env` can be unreadable; the rest is examined in any case. */
function dotEnvProblem(): ExaminedPart | null {
  try {
    loadDotEnv();
    return null;
  } catch (error) {
    if (!(error instanceof InvalidEnvironment)) throw error;
    const fix = 'Let the user of the service read the file, or remove it.';
    const why = 'The server does not start.';
    const findings = error.problems.map((found) => ({
      code: 'DOTENV_UNREADABLE',
      severity: 'error' as const,
      found,
      why,
      fix,
    }));
    return { id: 'DOTENV', title: 'The file .env', milliseconds: 0, findings };
  }
}

/** Says on stderr what has been examined, if somebody watches. */
function tellProgress(): (part: ExaminedPart) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return ({ title, milliseconds }) => process.stderr.write(`examined: ${title} (${milliseconds} ms)\n`);
}

/** https://no-color.org: any value but the empty one turns colours off. */
function hasColours(): boolean {
  return process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}
