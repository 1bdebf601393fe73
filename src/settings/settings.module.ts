import { Global, Module } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { ENVIRONMENT } from '../config/config.module.js';
import { FIXED_SETTINGS } from './fixed-settings.js';
import { Installation } from './installation.js';
import { fixedSettingsOf } from './read-fixed-settings.js';
import { SettingsRow } from './settings.entity.js';
import { SettingsService } from './settings.service.js';

/**
 * Owns the one row of settings and the keys that seal the database. Declares every setting once; does not know who may
 * change one, nor what a change of the mode means for users.
 */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([SettingsRow])],
  providers: [
    {
      provide: Installation,
      useFactory: Installation.open.bind(Installation),
      inject: [getDataSourceToken(), ENVIRONMENT],
    },
    { provide: FIXED_SETTINGS, useFactory: fixedSettingsOf, inject: [ENVIRONMENT] },
    SettingsService,
  ],
  exports: [Installation, SettingsService, FIXED_SETTINGS],
})
export class SettingsModule {}
