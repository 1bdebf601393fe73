import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FixedDigest } from './fixed-digest.entity.js';
import { FixedMode } from './fixed-mode.js';
import { SettingsAgreement } from './settings-agreement.service.js';

/** What servers do about settings that they were given from outside, and commands do not: put the auth mode in force, and compare. */
@Module({
  imports: [TypeOrmModule.forFeature([FixedDigest])],
  providers: [FixedMode, SettingsAgreement],
  exports: [SettingsAgreement],
})
export class SettingsAgreementModule {}
