import { createHash } from 'node:crypto';
import { fold } from '../../common/text/case-folding.js';
import { INVISIBLE } from '../../common/text/invisible-characters.js';
import { isNear } from '../../common/text/near-names.js';
import { Environment, InvalidEnvironment } from '../../config/env.js';
import { FixedProblem, FixedSource, SettingPath, toldProblems } from '../../settings/fixed-source.js';
import { ACCESS_RULES } from '../../settings/fixed-values.js';
import { groupNameOf } from '../../settings/group-name.js';
import { fixedSourceOf, FixingEnvironment } from '../../settings/read-fixed-settings.js';
import { AccessSubjectKind, RegistryAction } from '../protocol/index.js';
import { isGroupName, problemOfActions } from './rule-parts.js';
import { problemOfPattern } from './repository-pattern.js';

/** The token under which the rules of the settings file are injected. */
export const FIXED_RULES = Symbol('FIXED_RULES');

/** An access rule of the settings file. It is laid beside the stored ones, and is not stored. */
export interface FixedRule {
  /** The same for as long as the rule says the same, on every replica. */
  readonly id: string;
  readonly repositoryPattern: string;
  readonly actions: readonly RegistryAction[];
  readonly subjectKind: AccessSubjectKind;
  /** Of a rule for a USER: the user name, as it is written in the file. */
  readonly username: string | null;
  /** Of a rule for a GROUP: its name. */
  readonly groupName: string | null;
  /** The name of the service whose registry the rule is for; null for all of them. */
  readonly service: string | null;
}

/** The rules of a source, and everything that is wrong with them. */
export interface CheckedRules {
  readonly rules: readonly FixedRule[];
  readonly problems: readonly FixedProblem[];
}

/** More would make each start slow, and nobody can read them. */
const MOST_FIXED_RULES = 20_000;
const LONGEST_USERNAME = 255;
const ID_START = 'settings-file-';
const ID_DIGITS = 16;
const FIELDS = ['repositoryPattern', 'actions', 'subjectKind', 'username', 'groupName', 'service'];
const FIELD_OF_KIND: Readonly<Record<AccessSubjectKind, string | null>> = {
  ANYONE: null,
  AUTHENTICATED: null,
  USER: 'username',
  GROUP: 'groupName',
};

/** Whether this is the ID of a rule of a settings file; stored rules have others. */
export function isFixedRuleId(id: string): boolean {
  return id.startsWith(ID_START);
}

type Values = Readonly<Record<string, unknown>>;
/** The registry services that a rule may name. */
export type Services = readonly { readonly name: string }[];

const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The check of one rule: collects what is wrong with it. */
class RuleCheck {
  readonly problems: FixedProblem[] = [];

  constructor(
    private readonly source: FixedSource,
    private readonly root: SettingPath,
    private readonly given: Values,
  ) {}

  run(services: Services | null): Omit<FixedRule, 'id'> {
    for (const name of Object.keys(this.given)) if (!FIELDS.includes(name)) this.complainOfUnknown(name);
    const subjectKind = this.oneOf('subjectKind', Object.values(AccessSubjectKind)) ?? AccessSubjectKind.AUTHENTICATED;
    const [repositoryPattern, actions] = [this.pattern(), this.actions(subjectKind)];
    const isOfKind = (field: string) => FIELD_OF_KIND[subjectKind] === field;
    for (const field of ['username', 'groupName']) this.subject(field, isOfKind(field), subjectKind);
    const groupName = isOfKind('groupName') ? groupNameOf(String(this.given.groupName)) : null;
    const username = isOfKind('username') ? String(this.given.username) : null;
    return { repositoryPattern, actions, subjectKind, username, groupName, service: this.service(services) };
  }

  private complain(field: string, problem: string): void {
    this.problems.push(this.source.problemAt([...this.root, field], problem));
  }

  private complainOfUnknown(name: string): void {
    const meant = FIELDS.find((field) => isNear(name.toLowerCase(), field.toLowerCase()));
    this.complain(name, `is not a part of a rule.${meant ? ` Was ${meant} meant?` : ''}`);
  }

  private oneOf<T extends string>(field: string, choices: readonly T[]): T | undefined {
    const found = choices.find((choice) => choice === this.given[field]);
    if (!found) this.complain(field, `must be one of ${choices.join(', ')}.`);
    return found;
  }

  private pattern(): string {
    const { repositoryPattern: pattern } = this.given;
    const problem = typeof pattern === 'string' ? problemOfPattern(pattern) : 'must be a text, such as team/**.';
    if (problem !== undefined) this.complain('repositoryPattern', problem);
    return String(pattern);
  }

  private actions(subjectKind: AccessSubjectKind): readonly RegistryAction[] {
    const given = this.given.actions;
    const all = Object.values(RegistryAction);
    const isList = Array.isArray(given) && given.every((one: unknown) => all.some((action) => action === one));
    const actions = isList ? all.filter((action) => given.includes(action)) : [];
    const form = `must be a list of some of ${all.join(', ')}.`;
    const problem = isList ? problemOfActions({ actions, subjectKind })?.message : form;
    if (problem !== undefined) this.complain('actions', problem);
    return actions;
  }

  private subject(field: string, isNeeded: boolean, subjectKind: AccessSubjectKind): void {
    const value = this.given[field];
    if (!isNeeded) {
      if (value != null) this.complain(field, `is not allowed for the subjectKind ${subjectKind}.`);
      return;
    }
    const isName = field === 'groupName' ? isGroupName : isUsername;
    if (typeof value !== 'string' || !isName(value)) {
      this.complain(field, 'must be given: 1 to 255 characters, none of them invisible.');
    }
  }

  private service(services: Services | null): string | null {
    const { service } = this.given;
    if (services === null && typeof service === 'string') return service;
    const known = services?.find(({ name }) => name === service);
    if (service != null && !known) {
      this.complain('service', 'must be one of the names in REGISTRY_SERVICES, or null.');
    }
    return known?.name ?? null;
  }
}

function isUsername(name: string): boolean {
  return name.trim() !== '' && name.length <= LONGEST_USERNAME && !INVISIBLE.test(name);
}

/**
 * Checks the access rules of a source.
 *
 * @param services null if they are not known: then a rule may name any
 */
export function checkedRules(source: FixedSource, services: Services | null): CheckedRules {
  const given = source.holdsRules ? (source.values[ACCESS_RULES] ?? []) : [];
  if (!Array.isArray(given) || given.length > MOST_FIXED_RULES) {
    const problem = `must be a list of at most ${MOST_FIXED_RULES} rules.`;
    return { rules: [], problems: [source.problemAt([ACCESS_RULES], problem)] };
  }
  const [rules, problems]: [FixedRule[], FixedProblem[]] = [[], []];
  const placeOf = new Map<string, number>();
  given.forEach((one: unknown, index) => {
    const path = [ACCESS_RULES, index];
    if (!isRecord(one)) return problems.push(source.problemAt(path, 'must have names with values.'));
    const check = new RuleCheck(source, path, one);
    const content = check.run(services);
    problems.push(...check.problems);
    if (check.problems.length > 0) return;
    const rule = { id: fixedRuleIdOf(content), ...content };
    const earlier = placeOf.get(rule.id);
    if (earlier === undefined) rules.push(rule);
    else problems.push(source.problemAt(path, `says the same as ${ACCESS_RULES}[${earlier}].`));
    placeOf.set(rule.id, earlier ?? index);
  });
  return { rules, problems };
}

/** The ID of a rule that says this, see {@link FixedRule.id}. */
export function fixedRuleIdOf({
  repositoryPattern,
  actions,
  subjectKind,
  username,
  groupName,
  service,
}: Omit<FixedRule, 'id'>): string {
  const said = [repositoryPattern, actions, subjectKind, username && fold(username), groupName, service];
  return `${ID_START}${createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, ID_DIGITS)}`;
}

/**
 * The access rules that the environment fixes, in the order of the file.
 *
 * @throws {InvalidEnvironment} with every problem at once; no value is quoted
 */
export function fixedRulesOf(
  environment: FixingEnvironment & Pick<Environment, 'registryServices'>,
): readonly FixedRule[] {
  const source = fixedSourceOf(environment);
  if (!source) return [];
  const { rules, problems } = checkedRules(source, environment.registryServices);
  if (problems.length > 0) throw new InvalidEnvironment(toldProblems(source.variable, problems));
  return rules;
}
