import { Injectable, OnModuleInit } from '@nestjs/common';
import { SettingsService } from './settings.service.js';

/** Puts a fixed auth mode in force when a server starts. Commands only read it: they must not switch an installation. */
@Injectable()
export class FixedMode implements OnModuleInit {
  constructor(private readonly settings: SettingsService) {}

  /** @throws {InvalidEnvironment} if it cannot take effect */
  onModuleInit(): Promise<void> {
    return this.settings.putFixedModeInForce();
  }
}
