import { Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { PageRequest } from '../../graphql/index.js';
import { GroupsService, MembershipIndexing } from '../../groups/index.js';
import { AccessRule } from './access-rule.entity.js';
import { AccessRuleForm, RuleContent } from './access-rule-form.service.js';
import { RegistryAction } from '../protocol/index.js';
import { AccessRuleInput, CreateAccessRulePayload } from './access-rule.inputs.js';
import { AccessRuleConnection, AccessRuleModel } from './access-rule.model.js';
import { AccessRules } from './access-rules.service.js';
import { AffectedNames } from './affected-names.service.js';

/** Access rules as administrators see them, with their groups, and with the names of users that a rule affects. */
@Injectable()
export class AccessRuleAdministration implements OnApplicationBootstrap {
  constructor(
    private readonly form: AccessRuleForm,
    private readonly rules: AccessRules,
    private readonly groups: GroupsService,
    private readonly affected: AffectedNames,
    private readonly indexing: MembershipIndexing,
  ) {}

  /** Inserts the missing rows of groups: older releases wrote a rule first, and a crash could leave its group without. */
  async onApplicationBootstrap(): Promise<void> {
    await this.groups.ensureGroups(await this.rules.groupNames());
  }

  /** @throws {BadUserInput} {@link NotFound} */
  async create(input: AccessRuleInput): Promise<CreateAccessRulePayload> {
    const content = await this.form.contentOf(input);
    await this.ensureGroup(content);
    return this.payloadOf(await this.rules.create(content));
  }

  /** @throws {BadUserInput} {@link NotFound} */
  async update(id: string, input: AccessRuleInput): Promise<CreateAccessRulePayload> {
    const content = await this.form.contentOf(input);
    await this.rules.existing(id);
    await this.ensureGroup(content);
    return this.payloadOf(await this.rules.update(id, content));
  }

  /** @throws {NotFound} */
  delete(id: string): Promise<void> {
    return this.rules.delete(id);
  }

  /** A page of the rules, newest first; their groups are read together. */
  async list(request: PageRequest): Promise<AccessRuleConnection> {
    const page = await this.rules.list(request);
    const models = await this.modelsOf(page.edges.map(({ node }) => node));
    const edges = models.map((node, index) => ({ cursor: page.edges[index]?.cursor ?? '', node }));
    return { ...page, edges };
  }

  /** Rules as the API shows them. */
  async modelsOf(rules: readonly AccessRule[]): Promise<AccessRuleModel[]> {
    const names = rules.flatMap(({ groupName }) => groupName ?? []);
    const groups = names.length > 0 ? await this.groups.withNames([...new Set(names)]) : [];
    return rules.map((rule) => AccessRuleModel.of(rule, groups));
  }

  /** To be called before the rule is written: whatever shows the rule then finds its group, and all members of it. */
  private async ensureGroup({ groupName }: RuleContent): Promise<void> {
    if (groupName === null) return;
    await this.indexing.whole();
    await this.groups.ensureGroups([groupName]);
  }

  private async payloadOf(rule: AccessRule): Promise<CreateAccessRulePayload> {
    const [accessRule] = await this.modelsOf([rule]);
    if (!accessRule) throw new Error('A rule has no model.');
    return { accessRule, namesAffected: await this.affected.of(rule), warnings: warningsOf(rule) };
  }
}

function warningsOf({ actions }: AccessRule): string[] {
  const isPushOnly = actions.includes(RegistryAction.PUSH) && !actions.includes(RegistryAction.PULL);
  return isPushOnly
    ? [
        'Clients such as docker need PULL to push: they look first for what is there. Add PULL, here or in another rule.',
      ]
    : [];
}
