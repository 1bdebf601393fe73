import { Environment, InvalidEnvironment } from '../../config/env.js';
import { FixedSource, toldProblems } from '../../settings/fixed-source.js';
import { checkedSettings } from '../../settings/fixed-values.js';
import { fixedSourceOf } from '../../settings/read-fixed-settings.js';
import { CheckedRules, checkedRules, Services } from './fixed-rules.js';

/**
 * The access rules that a source fixes, and everything that is wrong with it, settings and rules; in no order.
 *
 * @param services the registry services; null if they are not known, so that no rule is wrong because of its service
 */
export function checkedFixed(source: FixedSource, services: Services | null): CheckedRules {
  const { rules, problems } = checkedRules(source, services);
  return { rules, problems: [...checkedSettings(source).problems, ...problems] };
}

/**
 * Checks what the environment fixes before anything is made: the modules check their own parts, and would tell of one part
 * only.
 *
 * @throws {InvalidEnvironment} with every problem at once; no value is quoted
 */
export function demandSoundFixed(environment: Environment): void {
  const source = fixedSourceOf(environment);
  const problems = source ? checkedFixed(source, environment.registryServices).problems : [];
  if (source && problems.length > 0) throw new InvalidEnvironment(toldProblems(source.variable, problems));
}
