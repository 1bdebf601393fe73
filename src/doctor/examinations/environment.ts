import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { VARIABLES } from '../../config/env.js';
import { environmentAdvice } from '../../config/environment-advice.js';
import { nodeAdvice } from '../../config/node-support.js';
import { checkedFixed } from '../../registry/rule-contents/index.js';
import { toldProblems } from '../../settings/fixed-source.js';
import { fixedSourceOf } from '../../settings/read-fixed-settings.js';
import type { DoctorContext } from '../doctor-context.js';
import type { Examination } from '../examination.js';
import { declareCodes, Finding } from '../finding.js';
import { knownServicesOf } from '../known-environment.js';

const codes = declareCodes({
  ENVIRONMENT_INVALID: { severity: 'error', why: 'The server does not start.' },
  VARIABLE_WITHOUT_EFFECT: { severity: 'warning', why: 'A misspelt variable leaves the default in force, silently.' },
  SETTINGS_FILE_DOUBTFUL: {
    severity: 'warning',
    why: 'The file does not do what it is there for.',
  },
  NODE_WITHOUT_FIXES: { severity: 'warning', why: 'Security holes of Node are no longer closed.' },
  NOT_PRODUCTION: { severity: 'note', why: 'GraphQL introspection is on, which tells strangers the whole API.' },
  DOTENV_OVERRIDDEN: {
    severity: 'note',
    why: 'A variable of the process counts, and the file is then not the place to change it.',
  },
});

/** The environment variables, the file .env, and the version of Node. */
export const environment: Examination = {
  id: 'ENVIRONMENT',
  title: 'Environment variables',
  codes,
  run: async (context) => ({
    findings: [
      ...problemsOf(context).map((problem) => codes.ENVIRONMENT_INVALID(problem, fixOf(problem))),
      ...adviceOf(context.source).map((advice) =>
        codes.VARIABLE_WITHOUT_EFFECT(advice, 'Correct or remove the variable.'),
      ),
      ...settingsFileFindings(context),
      ...nodeFindings(context),
      ...productionFindings(context),
      ...(await dotEnvFindings(context)),
    ],
    well: 'All variables are valid.',
  }),
};

function problemsOf({ known, environment }: DoctorContext): readonly string[] {
  const source = fixedSourceOf(environment);
  if (!source) return known.problems;
  const { problems } = checkedFixed(source, knownServicesOf(known));
  return [...known.problems, ...toldProblems(source.variable, problems)];
}

/** What is allowed in the settings file and still better done in another way. */
function settingsFileFindings({ environment }: DoctorContext): Finding[] {
  // Who can read its secrets is an examination of its own.
  const advice = fixedSourceOf(environment)?.advice() ?? [];
  return advice.map((sentence) =>
    codes.SETTINGS_FILE_DOUBTFUL(sentence, 'docs/settings-file.md says how settings files are written.'),
  );
}

function fixOf(problem: string): string {
  const [name = ''] = problem.split(' ');
  const page = name === VARIABLES.settingsFile.name ? 'docs/settings-file.md' : 'docs/environment.md';
  return `Correct ${name}, as ${page} describes it.`;
}

/** The unusual values of NODE_ENV are among the advice. */
const adviceOf = (source: DoctorContext['source']) => environmentAdvice(source);

function nodeFindings({ clock }: DoctorContext): Finding[] {
  const advice = nodeAdvice(process.versions.node, clock.now());
  return advice ? [codes.NODE_WITHOUT_FIXES(advice, 'Install a release line of Node that gets fixes.')] : [];
}

function productionFindings({ environment: { production } }: DoctorContext): Finding[] {
  const { name } = VARIABLES.nodeEnv;
  return production ? [] : [codes.NOT_PRODUCTION(`${name} is not "production".`, `Set ${name}=production.`)];
}

/** The variables of `.env` were added to the environment before, except those that were set already. */
async function dotEnvFindings({ source }: DoctorContext): Promise<Finding[]> {
  const text = await readFile('.env', 'utf8').catch(() => '');
  const names = Object.entries(parseEnv(text)).flatMap(([name, value]) => (source[name] === value ? [] : [name]));
  const ours = names.filter((name) => Object.values(VARIABLES).some((variable) => variable.name === name));
  return ours.map((name) =>
    codes.DOTENV_OVERRIDDEN(
      `${name} has another value in the file .env than in the environment.`,
      `Set ${name} in one place only.`,
    ),
  );
}
