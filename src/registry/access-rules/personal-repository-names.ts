import { Injectable } from '@nestjs/common';
import { RepositoryNames } from '../../users/names/index.js';
import { AccessSubjectKind, RegistryAction, repositoryNameOf } from '../protocol/index.js';
import type { DecidingRule } from './access.policy.js';
import { RuleBook } from './rule-book.service.js';

/** Answers by the rules of the registry which place a user name gives. */
@Injectable()
export class PersonalRepositoryNames extends RepositoryNames {
  constructor(private readonly rules: RuleBook) {
    super();
  }

  override of(username: string): string | null {
    return repositoryNameOf(username);
  }

  override async folderOf(username: string): Promise<string | null> {
    const name = repositoryNameOf(username);
    if (name === null) return null;
    for (const rule of await this.rules.rules()) {
      const folder = isForEverybody(rule) ? rule.pattern.folderOf(name) : null;
      if (folder !== null) return folder;
    }
    return null;
  }
}

function isForEverybody({ subjectKind, actions, service }: DecidingRule): boolean {
  return subjectKind === AccessSubjectKind.AUTHENTICATED && actions.has(RegistryAction.PUSH) && service === null;
}
