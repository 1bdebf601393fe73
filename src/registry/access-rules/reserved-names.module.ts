import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ENVIRONMENT } from '../../config/config.module.js';
import { RepositoryNames, ReservedNames } from '../../users/names/index.js';
import { AccessRule } from './access-rule.entity.js';
import { PersonalRepositoryNames } from './personal-repository-names.js';
import { FIXED_RULES, fixedRulesOf } from '../rule-contents/index.js';
import { RuleBook } from './rule-book.service.js';

/** The part of the access rules that says which user names are reserved, and the place that a name gives, for commands. */
@Module({
  imports: [TypeOrmModule.forFeature([AccessRule])],
  providers: [
    { provide: FIXED_RULES, useFactory: fixedRulesOf, inject: [ENVIRONMENT] },
    ...[RuleBook, { provide: ReservedNames, useExisting: RuleBook }],
    { provide: RepositoryNames, useClass: PersonalRepositoryNames },
  ],
  exports: [RuleBook, ReservedNames, RepositoryNames],
})
export class ReservedNamesModule {}
