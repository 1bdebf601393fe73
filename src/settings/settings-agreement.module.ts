import { DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { FixedDigest } from './fixed-digest.entity.js';
import { FixedMode } from './fixed-mode.js';
import { Installation } from './installation.js';
import { FIXED_DIGEST, SettingsAgreement } from './settings-agreement.service.js';

/** What servers do about settings that they were given from outside, and commands do not: put the auth mode in force, and compare. */
@Module({
  imports: [TypeOrmModule.forFeature([FixedDigest])],
  providers: [FixedMode, SettingsAgreement],
  exports: [SettingsAgreement],
})
export class SettingsAgreementModule {
  /** @param digestOf the digest of what the environment fixes, access rules included */
  static with(digestOf: (environment: Environment, installation: Installation) => string): DynamicModule {
    const digest = { provide: FIXED_DIGEST, useFactory: digestOf, inject: [ENVIRONMENT, Installation] };
    return { module: SettingsAgreementModule, providers: [digest] };
  }
}
