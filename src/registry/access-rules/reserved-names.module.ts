import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ReservedNames } from '../../users/names/index.js';
import { AccessRule } from './access-rule.entity.js';
import { RuleBook } from './rule-book.service.js';

/** The part of the access rules that says which user names are reserved, for commands. */
@Module({
  imports: [TypeOrmModule.forFeature([AccessRule])],
  providers: [RuleBook, { provide: ReservedNames, useExisting: RuleBook }],
  exports: [RuleBook, ReservedNames],
})
export class ReservedNamesModule {}
