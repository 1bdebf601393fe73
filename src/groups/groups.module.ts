import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GroupsService } from './groups.service.js';
import { UserGroup } from './user-group.entity.js';
import { UserGroupsResolver } from './user-groups.resolver.js';

/** Owns groups as a list for people: an index over what the grants say. Gives no right and is asked for none. */
@Module({
  imports: [TypeOrmModule.forFeature([UserGroup])],
  providers: [GroupsService, UserGroupsResolver],
})
export class GroupsModule {}
