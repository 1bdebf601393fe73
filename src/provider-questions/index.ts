export { ProviderQuestionsService } from './provider-questions.service.js';
