import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/runtime/clock.js';
import { groupsToldSince } from '../../settings/group-rules.js';
import { SettingsService } from '../../settings/settings.service.js';
import { AccessRule } from './access-rule.entity.js';
import { readMemberIds, readNamesAfter, UserName } from './affected-names.statements.js';
import { AccessSubjectKind, repositoryNameOf } from '../protocol/index.js';
import { RepositoryPattern } from '../rule-contents/index.js';

const MOST_NAMES = 100;

/** Finds the existing users that a rule affects, so that its author sees who gains access. */
@Injectable()
export class AffectedNames {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /**
   * The names of users who gain access through `${username}`, and of users whose name matches the pattern's first
   * component, which would be reserved today; a hundred at most, in alphabetical order.
   */
  async of(rule: AccessRule): Promise<string[]> {
    const pattern = new RepositoryPattern(rule.repositoryPattern);
    const isFor = pattern.isPersonal ? await this.subjectTest(rule) : () => false;
    const isAffected = (user: UserName) =>
      pattern.beginsWith(user.foldedName) || (isFor(user) && repositoryNameOf(user.foldedName) !== null);
    const names: string[] = [];
    for (let page = await readNamesAfter(this.database, ''); page.length > 0;) {
      names.push(...page.filter(isAffected).map(({ username }) => username));
      if (names.length >= MOST_NAMES) break;
      page = await readNamesAfter(this.database, page.at(-1)?.foldedName ?? '');
    }
    return names.slice(0, MOST_NAMES);
  }

  private async subjectTest({ subjectKind, userId, groupName }: AccessRule): Promise<(user: UserName) => boolean> {
    if (subjectKind === AccessSubjectKind.USER) return ({ id }) => id === userId;
    if (subjectKind !== AccessSubjectKind.GROUP || groupName === null) return () => true;
    const toldSince = groupsToldSince(this.settings.current().oidc, this.clock.now());
    const members = new Set(await readMemberIds(this.database, groupName, toldSince));
    return ({ id }) => members.has(id);
  }
}
