import { Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, IsNull, Repository } from 'typeorm';
import { fold } from '../../common/text/case-folding.js';
import { ReservedNames } from '../../users/names/index.js';
import { AccessRule } from './access-rule.entity.js';
import { DecidingRule } from './access.policy.js';
import { RepositoryPattern } from './repository-pattern.js';
import { readRuleStamp } from './rule-stamp.statements.js';
import { RulesBySubject } from './rules-by-subject.js';

/** The access rules in force, compiled for matching, and the user names that they reserve. */
@Injectable()
export class RuleBook extends ReservedNames {
  private cache?: CompiledRules;
  private loading?: { readonly stamp: number; readonly compiled: Promise<CompiledRules> };

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @InjectRepository(AccessRule) private readonly rows: Repository<AccessRule>,
  ) {
    super();
  }

  /**
   * The rules in force, oldest first.
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
    const rules = rows.map(decidingRule);
    return { stamp, rules, bySubject: new RulesBySubject(rules) };
  }

  override async isReserved(username: string): Promise<boolean> {
    const name = fold(username);
    return (await this.rules()).some(({ pattern }) => pattern.beginsWith(name));
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
