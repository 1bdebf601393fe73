import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SigningKey } from './signing-key.entity.js';
import { SigningKeys } from './signing-keys.service.js';

/** Owns the keys of the registry token service; apart from the rest, so that a command can change them without it. */
@Module({ imports: [TypeOrmModule.forFeature([SigningKey])], providers: [SigningKeys], exports: [SigningKeys] })
export class SigningKeysModule {}
