import { Global, Module } from '@nestjs/common';
import { Metrics } from './metrics.js';

/** Owns whether the process is well, and what it counts. Global, because the folders above tell it what to count. */
@Global()
@Module({ providers: [Metrics], exports: [Metrics] })
export class HealthModule {}
