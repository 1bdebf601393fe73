import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthMode } from '../settings/auth-mode.js';
import { SettingsService } from '../settings/settings.service.js';
import { UnsupportedInAuthMode } from '../settings/settings.errors.js';
import { ONLY_IN } from '../settings/only-in.decorator.js';

/** Refuses operations of the other auth mode ({@link ONLY_IN}). Runs after the access guard. */
@Injectable()
export class AuthModeGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly settings: SettingsService,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const handlers = [context.getHandler(), context.getClass()];
    const only = this.reflector.getAllAndOverride<AuthMode | undefined>(ONLY_IN, handlers);
    const { authMode } = this.settings.current();
    if (only && only !== authMode) throw new UnsupportedInAuthMode(authMode);
    return true;
  }
}
