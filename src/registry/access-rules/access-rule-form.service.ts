import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/env.js';
import { groupNameOf } from '../../settings/group-name.js';
import { BadUserInput, NotFound } from '../../common/errors/common.errors.js';
import { FieldProblem } from '../../common/errors/domain-error.js';
import { GroupsService } from '../../groups/index.js';
import { UsersService } from '../../users/index.js';
import { AccessRule } from './access-rule.entity.js';
import { AccessRuleInput } from './access-rule.inputs.js';
import { AccessSubjectKind, RegistryAction } from '../protocol/index.js';
import { isGroupName, problemOfActions, problemOfPattern } from '../rule-contents/index.js';

/** The validated contents of a rule. */
export type RuleContent = Pick<AccessRule, 'repositoryPattern' | 'actions' | 'subjectKind' | 'userId' | 'groupName'> & {
  /** Undefined where the input does not say: clients that do not know services must not open a rule to all of them. */
  readonly service: string | null | undefined;
};

const ROOT = ['rule'];

const problem = (field: string, code: string, message: string): FieldProblem => ({
  path: [...ROOT, field],
  code,
  message,
});

/** Validates the input of an access rule. */
@Injectable()
export class AccessRuleForm {
  constructor(
    private readonly users: UsersService,
    private readonly groups: GroupsService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * Validates an input.
   *
   * @throws {BadUserInput} with all problems
   * @throws {NotFound} if the user or the group does not exist
   */
  async contentOf(input: AccessRuleInput): Promise<RuleContent> {
    const problems = [...problemsOf(input), ...this.problemsOfService(input)];
    if (problems.length > 0) throw new BadUserInput(problems);
    const { repositoryPattern, subjectKind, userId, groupId, groupName } = input;
    if (userId) await this.users.existing(userId);
    const group = groupId ? await this.groups.byId(groupId) : null;
    if (groupId && !group) throw new NotFound('group');
    const actions = Object.values(RegistryAction).filter((action) => input.actions.includes(action));
    const name = group?.name ?? groupName ?? null;
    const subject = { subjectKind, userId: userId ?? null, groupName: name && groupNameOf(name) };
    return { repositoryPattern, actions, ...subject, service: input.service };
  }

  private problemsOfService({ service }: AccessRuleInput): FieldProblem[] {
    const isKnown = this.environment.registryServices.some(({ name }) => name === service);
    return service == null || isKnown
      ? []
      : [problem('service', 'UNKNOWN', 'must be the name of one of registryServices, or null.')];
  }
}

function problemsOf(input: AccessRuleInput): FieldProblem[] {
  const [pattern, ofActions] = [problemOfPattern(input.repositoryPattern), problemOfActions(input)];
  return [
    ...(pattern === undefined ? [] : [problem('repositoryPattern', 'INVALID', pattern)]),
    ...(ofActions ? [problem('actions', ofActions.code, ofActions.message)] : []),
    ...problemsOfSubject(input),
  ];
}

function problemsOfSubject({ subjectKind, userId, groupId, groupName }: AccessRuleInput): FieldProblem[] {
  const given = { userId, groupId, groupName };
  const takes = TAKES[subjectKind];
  const needless = Object.entries(given).filter(([name, value]) => value != null && !takes.includes(name));
  const problems = needless.map(([name]) =>
    problem(name, 'NOT_FOR_SUBJECT_KIND', 'is not allowed for this subjectKind.'),
  );
  const present = takes.filter((name) => given[name as keyof typeof given] != null);
  if (takes[0] !== undefined && present.length !== 1) {
    problems.push(problem(takes[0], 'REQUIRED', `must be given: exactly one of ${takes.join(', ')}.`));
  }
  if (groupName != null && !isGroupName(groupName)) {
    problems.push(problem('groupName', 'INVALID', 'must have 1 to 255 characters, none of them invisible.'));
  }
  return problems;
}

const TAKES: Record<AccessSubjectKind, readonly string[]> = {
  ANYONE: [],
  AUTHENTICATED: [],
  USER: ['userId'],
  GROUP: ['groupName', 'groupId'],
};
