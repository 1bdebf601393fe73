import { Injectable } from '@nestjs/common';
import { BadUserInput } from '../../common/errors/common.errors.js';
import {
  AccessDecision,
  AccessRuleAdministration,
  AccessRules,
  grantingRule,
  RuleBook,
} from '../access-rules/index.js';
import { RegistrySubjects } from './registry-subjects.service.js';
import { isRepositoryName, RegistryAction } from '../protocol/index.js';

const denied = (reason: string): AccessDecision => ({ allowed: false, reason, rule: null });

/** Explains what the token service would decide now, without asking the provider. */
@Injectable()
export class AccessExplanations {
  constructor(
    private readonly subjects: RegistrySubjects,
    private readonly ruleBook: RuleBook,
    private readonly rules: AccessRules,
    private readonly administration: AccessRuleAdministration,
  ) {}

  /**
   * Whether a user, or with null an anonymous client, may do something with a repository.
   *
   * @throws {BadUserInput} if the repository name is not valid
   * @throws {NotFound} if there is no such user
   */
  async explain(username: string | null, repository: string, action: RegistryAction): Promise<AccessDecision> {
    if (!isRepositoryName(repository)) {
      throw BadUserInput.field('repository', 'INVALID', 'must be the name of a repository, such as team/app.');
    }
    const { subject, refusal } = await this.subjects.subjectOf(username);
    if (refusal !== null) return denied(refusal);
    if (subject.isAdmin) return { allowed: true, reason: 'Administrators may do everything.', rule: null };
    const granting = grantingRule(await this.ruleBook.rules(), subject, repository, action);
    const rule = granting && (await this.rules.byId(granting.id));
    if (!rule) return denied(`No rule grants ${action} on this repository.`);
    const [model = null] = await this.administration.modelsOf([rule]);
    return { allowed: true, reason: `The rule for ${rule.repositoryPattern} grants ${action}.`, rule: model };
  }
}
