import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProviderFacts } from './provider-facts.entity.js';
import { ProviderFactsService } from './provider-facts.service.js';
import { RefreshSlot } from './refresh-slot.entity.js';
import { RefreshSlots } from './refresh-slots.service.js';

/** Owns what all replicas have learned about the provider, and how many of them refresh at once. Sends nothing to it. */
@Module({
  imports: [TypeOrmModule.forFeature([ProviderFacts, RefreshSlot])],
  providers: [ProviderFactsService, RefreshSlots],
  exports: [ProviderFactsService, RefreshSlots],
})
export class ProviderFactsModule {}
