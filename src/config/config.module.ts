import { DynamicModule, Global, Module } from '@nestjs/common';
import { Clock } from '../common/runtime/clock.js';
import { Environment } from './env.js';

/** The token under which the {@link Environment} is injected. */
export const ENVIRONMENT = Symbol('ENVIRONMENT');

/** Owns the configuration that the operator sets before the start, and the clock. Knows no table and no setting. */
@Global()
@Module({})
export class ConfigModule {
  static with(environment: Environment): DynamicModule {
    return {
      module: ConfigModule,
      providers: [{ provide: ENVIRONMENT, useValue: environment }, Clock],
      exports: [ENVIRONMENT, Clock],
    };
  }
}
