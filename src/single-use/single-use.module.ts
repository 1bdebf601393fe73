import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SingleUse } from './single-use.entity.js';
import { SingleUseService } from './single-use.service.js';

/** Owns the values that may be used once on all replicas. Knows only their purpose and digest. */
@Module({
  imports: [TypeOrmModule.forFeature([SingleUse])],
  providers: [SingleUseService],
  exports: [SingleUseService],
})
export class SingleUseModule {}
