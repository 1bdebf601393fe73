import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SingleUse } from './single-use.entity.js';
import { SingleUseService } from './single-use.service.js';

/** Owns the values that count once over all replicas. Knows only their purpose and digest, not what they are. */
@Module({
  imports: [TypeOrmModule.forFeature([SingleUse])],
  providers: [SingleUseService],
  exports: [SingleUseService],
})
export class SingleUseModule {}
