import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FixedDigest } from './fixed-digest.entity.js';
import { SettingsAgreement } from './settings-agreement.service.js';

/** Compares the settings that servers were given from outside; commands do without it. */
@Module({
  imports: [TypeOrmModule.forFeature([FixedDigest])],
  providers: [SettingsAgreement],
  exports: [SettingsAgreement],
})
export class SettingsAgreementModule {}
