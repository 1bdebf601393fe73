import { Inject, Injectable } from '@nestjs/common';
import { BadUserInput } from '../../common/errors/common.errors.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/env.js';
import {
  AccessDecision,
  AccessRuleAdministration,
  AccessRules,
  grantingRule,
  RuleBook,
  rulesFor,
} from '../access-rules/index.js';
import { RegistrySubjects } from './registry-subjects.service.js';
import { isRepositoryName, RegistryAction } from '../protocol/index.js';

/** What somebody may want to do. */
export interface AccessQuestion {
  /** Null for an anonymous client. */
  readonly username: string | null;
  readonly repository: string;
  readonly action: RegistryAction;
  /** The name of the registry; null for the one of a token request that names none. */
  readonly service: string | null;
}

const denied = (reason: string): AccessDecision => ({ allowed: false, reason, rule: null });

/** Explains what the token service would decide now, without asking the provider. */
@Injectable()
export class AccessExplanations {
  constructor(
    private readonly subjects: RegistrySubjects,
    private readonly ruleBook: RuleBook,
    private readonly rules: AccessRules,
    private readonly administration: AccessRuleAdministration,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * Whether a user, or an anonymous client, may do something with a repository.
   *
   * @throws {BadUserInput} if the repository name is not valid, or the service is unknown
   * @throws {NotFound} if there is no such user
   */
  async explain({ username, repository, action, service }: AccessQuestion): Promise<AccessDecision> {
    const { registryService, registryServices } = this.environment;
    const { name } = registryServices.find((one) => one.name === (service ?? registryService)) ?? {};
    if (name === undefined) throw BadUserInput.field('service', 'UNKNOWN', 'must be one of registryServices, or null.');

    if (!isRepositoryName(repository)) {
      throw BadUserInput.field('repository', 'INVALID', 'must be the name of a repository, such as team/app.');
    }
    const { subject, refusal } = await this.subjects.subjectOf(username);
    if (refusal !== null) return denied(refusal);
    if (subject.isAdmin) return { allowed: true, reason: 'Administrators may do everything.', rule: null };
    const rules = rulesFor(await this.ruleBook.rules(), name);
    const granting = grantingRule(rules, subject, repository, action);
    const rule = granting && (await this.rules.byId(granting.id));
    if (!rule) return denied(`No rule grants ${action} on this repository.`);
    const [model = null] = await this.administration.modelsOf([rule]);
    return { allowed: true, reason: `The rule for ${rule.repositoryPattern} grants ${action}.`, rule: model };
  }
}
