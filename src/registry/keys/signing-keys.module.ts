import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ServiceKey } from './service-key.entity.js';
import { ServiceKeys } from './service-keys.service.js';
import { SigningKey } from './signing-key.entity.js';
import { SigningKeys } from './signing-keys.service.js';

/** Owns the keys of the registry token service. A module of its own, so that a command can rotate them without the rest. */
@Module({
  imports: [TypeOrmModule.forFeature([SigningKey, ServiceKey])],
  providers: [SigningKeys, ServiceKeys],
  exports: [SigningKeys, ServiceKeys],
})
export class SigningKeysModule {}
