import { Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, IsNull, Repository } from 'typeorm';
import { fold } from '../../common/text/case-folding.js';
import { ReservedNames } from '../../users/names/index.js';
import { AccessRule } from './access-rule.entity.js';
import { DecidingRule } from './access.policy.js';
import { RepositoryPattern } from './repository-pattern.js';
import { readRuleStamp } from './rule-stamp.statements.js';

/** The access rules in force, compiled for matching, and the user names that they reserve. */
@Injectable()
export class RuleBook extends ReservedNames {
  private cache?: { readonly stamp: number; readonly rules: readonly DecidingRule[] };

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
    const wanted = stamp ?? (await readRuleStamp(this.database));
    if (this.cache?.stamp !== wanted) {
      const rows = await this.rows.find({ where: { deletedAt: IsNull() }, order: { id: 'ASC' } });
      this.cache = { stamp: wanted, rules: rows.map(decidingRule) };
    }
    return this.cache.rules;
  }

  override async isReserved(username: string): Promise<boolean> {
    const name = fold(username);
    return (await this.rules()).some(({ pattern }) => pattern.beginsWith(name));
  }
}

function decidingRule({ repositoryPattern, actions, ...row }: AccessRule): DecidingRule {
  const { id, subjectKind, userId, groupName, service } = row;
  const pattern = new RepositoryPattern(repositoryPattern);
  return { id, pattern, actions: new Set(actions), subjectKind, userId, groupName, service };
}
