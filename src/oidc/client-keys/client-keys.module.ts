import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClientKey } from './client-key.entity.js';
import { ClientKeys } from './client-keys.service.js';

/** Owns the keys for client assertions. A module of its own, so that a command can rotate them without the rest. */
@Module({ imports: [TypeOrmModule.forFeature([ClientKey])], providers: [ClientKeys], exports: [ClientKeys] })
export class ClientKeysModule {}
