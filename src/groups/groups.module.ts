import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GrantsModule } from '../grants/grants.module.js';
import { GroupsResolver } from './groups.resolver.js';
import { GroupsService } from './groups.service.js';
import { GroupIndexing, Membership } from './membership.entity.js';
import { MembershipIndexing } from './membership-indexing.service.js';
import { MembershipsService } from './memberships.service.js';
import { UserGroup } from './user-group.entity.js';
import { UserGroupsResolver } from './user-groups.resolver.js';

/** Owns the list of groups and the index of their members, made from the grants. No right depends on it. */
@Module({
  imports: [TypeOrmModule.forFeature([UserGroup, Membership, GroupIndexing]), GrantsModule],
  providers: [GroupsService, MembershipsService, MembershipIndexing, UserGroupsResolver, GroupsResolver],
  exports: [GroupsService, MembershipsService, MembershipIndexing],
})
export class GroupsModule {}
