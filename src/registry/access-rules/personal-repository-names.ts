import { Injectable } from '@nestjs/common';
import { RepositoryNames } from '../../users/names/index.js';
import { repositoryNameOf } from '../protocol/index.js';

/** Answers by the rule of the registry which place a user name gives. */
@Injectable()
export class PersonalRepositoryNames extends RepositoryNames {
  override of(username: string): string | null {
    return repositoryNameOf(username);
  }
}
