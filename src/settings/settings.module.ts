import { Global, Module } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { ENVIRONMENT } from '../config/config.module.js';
import { Installation } from './installation.js';
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
    SettingsService,
  ],
  exports: [Installation, SettingsService],
})
export class SettingsModule {}
