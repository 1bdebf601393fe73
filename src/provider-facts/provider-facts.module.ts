import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProviderFacts } from './provider-facts.entity.js';
import { ProviderFactsService } from './provider-facts.service.js';

/** Owns what all replicas have learned about the provider. Sends nothing to it. */
@Module({
  imports: [TypeOrmModule.forFeature([ProviderFacts])],
  providers: [ProviderFactsService],
  exports: [ProviderFactsService],
})
export class ProviderFactsModule {}
