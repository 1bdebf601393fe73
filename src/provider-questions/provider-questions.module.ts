import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProviderQuestion } from './provider-question.entity.js';
import { ProviderQuestionsService } from './provider-questions.service.js';

/** Owns the count of the questions that the provider test asks, and what was learned from them. Asks nothing itself. */
@Module({
  imports: [TypeOrmModule.forFeature([ProviderQuestion])],
  providers: [ProviderQuestionsService],
  exports: [ProviderQuestionsService],
})
export class ProviderQuestionsModule {}
