import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UserDisabling } from '../user-disabling.service.js';
import { User } from '../user.entity.js';
import { UsersService } from '../users.service.js';
import { UserList } from './user-list.service.js';
import { UserRemoval } from './user-removal.service.js';

/** The part of users that an operator's commands need. Unlike the whole, it creates no account when it starts. */
@Module({
  imports: [TypeOrmModule.forFeature([User])],
  providers: [UsersService, UserDisabling, UserList, UserRemoval],
  exports: [UsersService, UserDisabling, UserList, UserRemoval],
})
export class UserOperationsModule {}
