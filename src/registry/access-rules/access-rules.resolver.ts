import { Args, Query, Resolver } from '@nestjs/graphql';
import { AuditedMutation } from '../../audit/index.js';
import { ForAdmins } from '../../access/access.decorators.js';
import { PageRequest } from '../../graphql/index.js';
import { accessRuleTarget, createdAccessRuleTarget, deletedAccessRuleTarget } from './access-rule.audit.js';
import { AccessRuleAdministration } from './access-rule-administration.service.js';
import {
  CreateAccessRuleInput,
  CreateAccessRulePayload,
  DeleteAccessRuleInput,
  DeleteAccessRulePayload,
  UpdateAccessRuleInput,
  UpdateAccessRulePayload,
} from './access-rule.inputs.js';
import { AccessRuleConnection } from './access-rule.model.js';

/** The access rules, for administrators. */
@Resolver()
export class AccessRulesResolver {
  constructor(private readonly rules: AccessRuleAdministration) {}

  @ForAdmins()
  @Query(() => AccessRuleConnection, {
    name: 'accessRules',
    nullable: true,
    description: 'Those of SETTINGS_FILE in its order, then newest first.',
  })
  list(@Args() page: PageRequest): Promise<AccessRuleConnection> {
    return this.rules.list(page);
  }

  @ForAdmins()
  @AuditedMutation('access_rule.create', createdAccessRuleTarget, () => CreateAccessRulePayload)
  createAccessRule(@Args('input') { rule }: CreateAccessRuleInput): Promise<CreateAccessRulePayload> {
    return this.rules.create(rule);
  }

  @ForAdmins()
  @AuditedMutation('access_rule.update', accessRuleTarget, () => UpdateAccessRulePayload)
  updateAccessRule(@Args('input') { accessRuleId, rule }: UpdateAccessRuleInput): Promise<UpdateAccessRulePayload> {
    return this.rules.update(accessRuleId, rule);
  }

  @ForAdmins()
  @AuditedMutation('access_rule.delete', deletedAccessRuleTarget, () => DeleteAccessRulePayload)
  async deleteAccessRule(@Args('input') { accessRuleId }: DeleteAccessRuleInput): Promise<DeleteAccessRulePayload> {
    return { accessRuleId, changes: await this.rules.delete(accessRuleId) };
  }
}
