export type { SecretMethod } from './provider-facts.entity.js';
export { ProviderFactsService } from './provider-facts.service.js';
