import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, IsNull } from 'typeorm';
import { Clock } from '../../common/runtime/clock.js';
import { fold } from '../../common/text/case-folding.js';
import { SettingsService } from '../../settings/settings.service.js';
import { User } from '../../users/index.js';
import { AccessRule } from './access-rule.entity.js';
import type { FixedRule } from '../rule-contents/index.js';
import { FIXED_RULES, isFixedRuleId } from '../rule-contents/index.js';

/** The rules of the settings file in the form of stored ones, for lists and explanations. They have no row. */
@Injectable()
export class FixedRuleRows {
  private readonly readAt: Date;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @Inject(FIXED_RULES) private readonly rules: readonly FixedRule[],
    private readonly settings: SettingsService,
    clock: Clock,
  ) {
    this.readAt = clock.now();
  }

  /** How many there are. */
  get count(): number {
    return this.rules.length;
  }

  /** The names of the groups that they are for. */
  groupNames(): string[] {
    return this.rules.flatMap(({ groupName }) => groupName ?? []);
  }

  /** The names that they grant something to and that no user has; each once, as the file has them. */
  async unknownUsernames(): Promise<string[]> {
    const names = [...new Set(this.rules.flatMap(({ username }) => username ?? []))];
    const known = await this.usersNamed(names);
    return names.filter((name) => !known.has(fold(name)));
  }

  /** The rule with an ID, with its user; null if there is none. */
  async byId(id: string): Promise<AccessRule | null> {
    const [row = null] = await this.rowsOf(this.rules.filter((rule) => rule.id === id));
    return row;
  }

  /**
   * Some of the rules, in the order of the file, with their users.
   *
   * @param after the ID of the rule before the first one; null for the beginning; that of no rule for the end
   */
  slice(after: string | null, most: number): Promise<AccessRule[]> {
    const index = after === null ? -1 : this.rules.findIndex(({ id }) => id === after);
    const begin = after !== null && index < 0 ? this.rules.length : index + 1;
    return this.rowsOf(this.rules.slice(begin, begin + most));
  }

  /** Why the rule with an ID cannot be changed; null if it can. */
  readOnlyReason(id: string): string | null {
    return isFixedRuleId(id) ? this.settings.fixedReason() : null;
  }

  /**
   * Rejects a change of one of these rules.
   *
   * @throws {SettingReadOnly}
   */
  refuseChange(id: string): void {
    if (isFixedRuleId(id)) this.settings.refuseFixedRule();
  }

  private async rowsOf(rules: readonly FixedRule[]): Promise<AccessRule[]> {
    const users = await this.usersNamed(rules.flatMap(({ username }) => username ?? []));
    const times = { createdAt: this.readAt, updatedAt: this.readAt, deletedAt: null };
    return rules.map(({ username, ...rule }) => {
      const user = username === null ? null : (users.get(fold(username)) ?? null);
      return Object.assign(new AccessRule(), {
        ...rule,
        ...times,
        version: 0,
        username,
        user,
        userId: user?.id ?? null,
      });
    });
  }

  private async usersNamed(names: readonly string[]): Promise<ReadonlyMap<string, User>> {
    if (names.length === 0) return new Map();
    const where = { foldedName: In([...new Set(names.map(fold))]), deletedAt: IsNull() };
    const users = await this.database.getRepository(User).findBy(where);
    return new Map(users.map((user) => [user.foldedName, user]));
  }
}
