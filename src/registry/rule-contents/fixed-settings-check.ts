import { Environment, InvalidEnvironment } from '../../config/env.js';
import { FixedProblem, FixedSource, toldProblems } from '../../settings/fixed-source.js';
import { checkedSettings } from '../../settings/fixed-values.js';
import { fixedSourceOf } from '../../settings/read-fixed-settings.js';
import { checkedRules } from './fixed-rules.js';

/** Everything that is wrong with what a source fixes, settings and access rules; in no order. */
export function problemsOfFixed(
  source: FixedSource,
  { registryServices }: Pick<Environment, 'registryServices'>,
): FixedProblem[] {
  return [...checkedSettings(source).problems, ...checkedRules(source, registryServices).problems];
}

/**
 * Checks what the environment fixes before anything is made: the modules check their own parts, and would tell of one part
 * only.
 *
 * @throws {InvalidEnvironment} with every problem at once; no value is quoted
 */
export function demandSoundFixed(environment: Environment): void {
  const source = fixedSourceOf(environment);
  const problems = source ? problemsOfFixed(source, environment) : [];
  if (source && problems.length > 0) throw new InvalidEnvironment(toldProblems(source.variable, problems));
}
