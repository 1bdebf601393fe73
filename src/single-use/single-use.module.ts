import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OnceOnly } from './single-use.entity.js';
import { OnceOnlyService } from './single-use.service.js';

/** Owns the values that count once over all replicas. Knows only their purpose and digest, not what they are. */
@Module({ imports: [TypeOrmModule.forFeature([OnceOnly])], providers: [OnceOnlyService], exports: [OnceOnlyService] })
export class SingleUseModule {}
