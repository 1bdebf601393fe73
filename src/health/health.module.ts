import { Global, Module } from '@nestjs/common';
import { Metrics } from './metrics.js';

/** Owns health checks and metrics. Global, because the folders above it report what to count. */
@Global()
@Module({ providers: [Metrics], exports: [Metrics] })
export class HealthModule {}
