import { Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository, SelectQueryBuilder } from 'typeorm';
import { Clock } from '../../common/runtime/clock.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { isDuplicate, changedARow } from '../../common/persistence/conditional-write.js';
import { BESIDE_REQUESTS } from '../../common/persistence/beside-requests.js';
import { newId } from '../../common/persistence/ids.js';
import { cursorText, Page, pageFrom, PageRequest, sizeOf } from '../../graphql/index.js';
import { groupNameOf } from '../../settings/group-name.js';
import { AccessRule } from './access-rule.entity.js';
import { RuleContent } from './access-rule-form.service.js';
import { FixedRuleRows } from './fixed-rule-rows.service.js';
import { isFixedRuleId } from '../rule-contents/index.js';
import { AccessSubjectKind, RegistryAction } from '../protocol/index.js';

/** Fixed and never reused: a starting process sees whether the rule was created, even if it was deleted since. */
const FIRST_RULE_ID = '00000000-0000-7000-8000-000000000004';

/** The rights of every logged-in user in a new installation. */
const FIRST_RULE: RuleContent = {
  repositoryPattern: 'users/${username}/**',
  actions: Object.values(RegistryAction),
  subjectKind: AccessSubjectKind.AUTHENTICATED,
  userId: null,
  groupName: null,
  service: null,
};

/** One look-up in an index for each rule: reading all groups to compare them here would hold up a start. */
const HAS_NO_GROUP = 'NOT EXISTS (SELECT 1 FROM user_groups g WHERE g.name = r.groupName)';
/** On both engines: as many characters as bytes in UTF-8 are in ASCII alone, of which each form is the same. */
const IS_NOT_ASCII = "SUBSTR(r.groupName, LENGTH(HEX(r.groupName)) / 2, 1) = ''";

/** Creates, changes, deletes and lists access rules; owns their table. What no rule grants is denied. */
@Injectable()
export class AccessRules implements OnApplicationBootstrap {
  constructor(
    @InjectRepository(AccessRule) private readonly rows: Repository<AccessRule>,
    private readonly clock: Clock,
    private readonly fixed: FixedRuleRows,
  ) {}

  /** Creates the first rule of a new installation exactly once, however many processes start. */
  async onApplicationBootstrap(): Promise<void> {
    if (await this.rows.existsBy({ id: FIRST_RULE_ID })) return;
    await this.rows.insert(this.rowOf(FIRST_RULE_ID, FIRST_RULE)).catch((error: unknown) => {
      if (!isDuplicate(error)) throw error;
    });
  }

  /** Creates a rule. */
  async create(content: RuleContent): Promise<AccessRule> {
    const rule = this.rowOf(newId(), content);
    await this.rows.insert(rule);
    return this.existing(rule.id);
  }

  /**
   * Changes a rule; without a service in the content, it keeps its own.
   *
   * @throws {NotFound} if there is no such rule
   */
  async update(id: string, content: RuleContent): Promise<AccessRule> {
    await this.change(id, content);
    return this.existing(id);
  }

  /** @throws {NotFound} if there is no such rule */
  async delete(id: string): Promise<void> {
    await this.change(id, { deletedAt: this.clock.now() });
  }

  /** A rule with its user, stored or of the settings file; null if it does not exist or is not listed. */
  byId(id: string): Promise<AccessRule | null> {
    if (isFixedRuleId(id)) return this.fixed.byId(id);
    return this.listed().andWhere('r.id = :id', { id }).getOne();
  }

  /**
   * The same.
   *
   * @throws {NotFound} if it does not exist or is not listed
   */
  async existing(id: string): Promise<AccessRule> {
    const rule = await this.byId(id);
    if (!rule) throw new NotFound('access rule');
    return rule;
  }

  /**
   * A page of the rules: those of the settings file, then the stored ones, newest first. A rule whose user is deleted is not
   * listed.
   *
   * @throws {BadUserInput} for a page size out of 1 to 100, or an invalid cursor
   */
  async list(request: PageRequest): Promise<Page<AccessRule>> {
    const [most, after] = [sizeOf(request) + 1, cursorText(request)];
    const isInStored = after !== null && !isFixedRuleId(after);
    const fixed = isInStored ? [] : await this.fixed.slice(after, most);
    const stored = fixed.length < most ? await this.stored(isInStored ? after : null, most - fixed.length) : [];
    const storedCount = await this.listed().comment(BESIDE_REQUESTS).getCount();
    const page = pageFrom([...fixed, ...stored], request, ({ id }) => id);
    return { ...page, totalCount: storedCount + this.fixed.count };
  }

  private stored(after: string | null, most: number): Promise<AccessRule[]> {
    const query = this.listed().comment(BESIDE_REQUESTS).orderBy('r.id', 'DESC').limit(most);
    if (after !== null) query.andWhere('r.id < :after', { after });
    return query.getMany();
  }

  /**
   * Rejects a change of a rule of the settings file.
   *
   * @throws {SettingReadOnly}
   */
  demandChangeable(id: string): void {
    this.fixed.refuseChange(id);
  }

  /** Why a rule cannot be changed; null if it can. */
  readOnlyReason(id: string): string | null {
    return this.fixed.readOnlyReason(id);
  }

  /** The user names that rules of the settings file name and that nobody has. */
  unknownUsernames(): Promise<string[]> {
    return this.fixed.unknownUsernames();
  }

  /**
   * The names of the groups that listed rules are for, each once: of stored rules those whose group has no row, or one of the
   * name as an older release stored it, which are few, and all of the settings file.
   */
  async namesOfMissingGroups(): Promise<string[]> {
    const named = this.rows.createQueryBuilder('r').select('r.groupName', 'name').addSelect(HAS_NO_GROUP, 'isMissing');
    const stored = named.distinct().where('r.deletedAt IS NULL AND r.groupName IS NOT NULL');
    stored.andWhere(`(${HAS_NO_GROUP} OR ${IS_NOT_ASCII})`);
    const rows = await stored.getRawMany<{ name: string; isMissing: number | string }>();
    const missing = rows.filter(({ name, isMissing }) => Number(isMissing) === 1 || name !== groupNameOf(name));
    return [...new Set([...missing.map(({ name }) => groupNameOf(name)), ...this.fixed.groupNames()])];
  }

  private listed(): SelectQueryBuilder<AccessRule> {
    return this.rows
      .createQueryBuilder('r')
      .leftJoinAndSelect('r.user', 'u')
      .where('r.deletedAt IS NULL AND (r.userId IS NULL OR u.deletedAt IS NULL)');
  }

  private async change(id: string, change: Partial<RuleContent> & { deletedAt?: Date }): Promise<void> {
    const next = { ...change, version: () => 'version + 1', updatedAt: this.clock.now() };
    if (!changedARow(await this.rows.update({ id, deletedAt: IsNull() }, next))) throw new NotFound('access rule');
  }

  private rowOf(id: string, content: RuleContent): AccessRule {
    const now = this.clock.now();
    const service = content.service ?? null;
    return this.rows.create({ id, ...content, service, version: 1, createdAt: now, updatedAt: now, deletedAt: null });
  }
}
