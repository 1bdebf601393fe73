import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, IsNull, Repository } from 'typeorm';
import { fold } from '../../common/text/case-folding.js';
import { ReservedNames } from '../../users/names/index.js';
import { AccessRule } from './access-rule.entity.js';
import { DecidingRule } from './access.policy.js';
import type { FixedRule } from '../rule-contents/index.js';
import { FIXED_RULES, fixedRuleIdOf, RepositoryPattern } from '../rule-contents/index.js';
import { readRuleStamp } from './rule-stamp.statements.js';
import { RulesBySubject } from './rules-by-subject.js';

/** The access rules in force, compiled for matching, and the user names that they reserve. */
@Injectable()
export class RuleBook extends ReservedNames {
  private readonly decidingFixed: readonly DecidingRule[];
  private cache?: CompiledRules;
  private loading?: { readonly stamp: number; readonly compiled: Promise<CompiledRules> };

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @InjectRepository(AccessRule) private readonly rows: Repository<AccessRule>,
    @Inject(FIXED_RULES) private readonly fixed: readonly FixedRule[],
  ) {
    super();
    this.decidingFixed = fixed.map(decidingFixedRule);
  }

  /**
   * The rules in force: the stored ones, oldest first, then those of the settings file.
   *
   * @param stamp the stamp in force, just read; without it, it is read
   */
  async rules(stamp?: number): Promise<readonly DecidingRule[]> {
    return (await this.compiled(stamp ?? (await readRuleStamp(this.database)))).rules;
  }

  /**
   * The same, by whom they are for.
   *
   * @param stamp the stamp in force, just read
   */
  async bySubject(stamp: number): Promise<RulesBySubject> {
    return (await this.compiled(stamp)).bySubject;
  }

  /** The rules in force in the form of the settings file, each once: those of the file first, then the stored ones, oldest first. */
  async written(): Promise<FixedRule[]> {
    const rows = await this.rows.find({
      where: { deletedAt: IsNull() },
      order: { id: 'ASC' },
      relations: { user: true },
    });
    const living = rows.filter(({ userId, user }) => userId === null || user?.deletedAt === null);
    const stored = living.map(({ user, ...rule }) => ({ ...rule, username: user?.username ?? null }));
    const written = [...this.fixed, ...stored].map((rule) => ({ ...rule, id: fixedRuleIdOf(rule) }));
    return [...new Map(written.map((rule) => [rule.id, rule])).values()];
  }

  private async compiled(stamp: number): Promise<CompiledRules> {
    if (this.cache?.stamp === stamp) return this.cache;
    // Requests that find the rules changed at the same time read them once. What is read is of this stamp or later.
    if (this.loading?.stamp !== stamp) {
      const compiled = this.load(stamp).finally(() => (this.loading = undefined));
      this.loading = { stamp, compiled };
    }
    return (this.cache = await this.loading.compiled);
  }

  private async load(stamp: number): Promise<CompiledRules> {
    const rows = await this.rows.find({ where: { deletedAt: IsNull() }, order: { id: 'ASC' } });
    const rules = [...rows.map(decidingRule), ...this.decidingFixed];
    return { stamp, rules, bySubject: new RulesBySubject(rules) };
  }

  override async isReserved(username: string, isGiven = false): Promise<boolean> {
    const name = fold(username);
    const rules = await this.rules();
    // Whoever took a name that the settings file grants something to would get it.
    const isForName = (foldedName: string | undefined) => !isGiven && foldedName === name;
    return rules.some(({ pattern, foldedName }) => isForName(foldedName) || pattern.beginsWith(name));
  }
}

/** The rules of a stamp. */
interface CompiledRules {
  readonly stamp: number;
  readonly rules: readonly DecidingRule[];
  readonly bySubject: RulesBySubject;
}

function decidingRule({ repositoryPattern, actions, ...row }: AccessRule): DecidingRule {
  const { id, subjectKind, userId, groupName, service } = row;
  const pattern = new RepositoryPattern(repositoryPattern);
  return { id, pattern, actions: new Set(actions), subjectKind, userId, groupName, service };
}

function decidingFixedRule({ repositoryPattern, actions, username, ...rule }: FixedRule): DecidingRule {
  const { id, subjectKind, groupName, service } = rule;
  const decided = { id, pattern: new RepositoryPattern(repositoryPattern), actions: new Set(actions) };
  const named = username !== null && { foldedName: fold(username) };
  return { ...decided, ...named, subjectKind, userId: null, groupName, service };
}
