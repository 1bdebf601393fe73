import { Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { PageRequest } from '../../graphql/index.js';
import { GroupsService, MembershipIndexing } from '../../groups/index.js';
import { AccessRule } from './access-rule.entity.js';
import type { AuditChange } from '../../audit/changes/index.js';
import { ruleChanges } from './access-rule.audit.js';
import { AccessRuleForm, RuleContent } from './access-rule-form.service.js';
import { RegistryAction } from '../protocol/index.js';
import { AccessRuleInput, CreateAccessRulePayload } from './access-rule.inputs.js';
import { AccessRuleConnection, AccessRuleModel } from './access-rule.model.js';
import { AccessRules } from './access-rules.service.js';
import { AffectedNames } from './affected-names.service.js';

/** Access rules as administrators see them, with their groups, and with the names of users that a rule affects. */
@Injectable()
export class AccessRuleAdministration implements OnApplicationBootstrap {
  private readonly logger = new Logger(AccessRuleAdministration.name);

  constructor(
    private readonly form: AccessRuleForm,
    private readonly rules: AccessRules,
    private readonly groups: GroupsService,
    private readonly affected: AffectedNames,
    private readonly indexing: MembershipIndexing,
  ) {}

  /**
   * Inserts the missing rows of groups: those of the settings file, and of rules that older releases wrote first, where a
   * crash could leave the group without. Warns of rules that nobody can have anything from.
   */
  async onApplicationBootstrap(): Promise<void> {
    await this.groups.ensureGroups(await this.rules.namesOfMissingGroups());
    const names = await this.rules.unknownUsernames();
    if (names.length > 0) this.logger.warn(unknownNamesText(names));
  }

  /** @throws {BadUserInput} {@link NotFound} */
  async create(input: AccessRuleInput): Promise<CreateAccessRulePayload> {
    const content = await this.form.contentOf(input);
    await this.ensureGroup(content);
    return this.payloadOf(null, await this.rules.create(content));
  }

  /** @throws {SettingReadOnly} {@link BadUserInput} {@link NotFound} */
  async update(id: string, input: AccessRuleInput): Promise<CreateAccessRulePayload> {
    this.rules.demandChangeable(id);
    const content = await this.form.contentOf(input);
    const before = await this.rules.existing(id);
    await this.ensureGroup(content);
    return this.payloadOf(before, await this.rules.update(id, content));
  }

  /**
   * Deletes a rule.
   *
   * @returns what it said
   * @throws {SettingReadOnly} {@link NotFound}
   */
  async delete(id: string): Promise<AuditChange[]> {
    this.rules.demandChangeable(id);
    const before = await this.rules.byId(id);
    await this.rules.delete(id);
    return ruleChanges(before, null);
  }

  /** A page of the rules, those of the settings file first, then newest first; their groups are read together. */
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
    return rules.map((rule) => AccessRuleModel.of(rule, groups, this.rules.readOnlyReason(rule.id)));
  }

  /** To be called before the rule is written: whatever shows the rule then finds its group, and all members of it. */
  private async ensureGroup({ groupName }: RuleContent): Promise<void> {
    if (groupName === null) return;
    await this.indexing.whole();
    await this.groups.ensureGroups([groupName]);
  }

  private async payloadOf(before: AccessRule | null, rule: AccessRule): Promise<CreateAccessRulePayload> {
    const [accessRule] = await this.modelsOf([rule]);
    if (!accessRule) throw new Error('A rule has no model.');
    const changes = ruleChanges(before, rule);
    return { accessRule, namesAffected: await this.affected.of(rule), warnings: warningsOf(rule), changes };
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

/** As many as a line of the log has room for. */
const MOST_TOLD_NAMES = 10;

function unknownNamesText(names: readonly string[]): string {
  const told = names
    .slice(0, MOST_TOLD_NAMES)
    .map((name) => JSON.stringify(name))
    .join(', ');
  const more = names.length > MOST_TOLD_NAMES ? ` and ${names.length - MOST_TOLD_NAMES} more` : '';
  return `SETTINGS_FILE has access rules for user names that nobody has: ${told}${more}. Nobody can choose these names while they stand there; a rule for a group needs no user.`;
}
