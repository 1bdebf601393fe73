export type { SecretMethod } from './provider-facts.entity.js';
export { MOST_WITHOUT_REFRESH_TOKEN, ProviderFactsService } from './provider-facts.service.js';
export type { HeldSlot } from './refresh-slots.service.js';
export { RefreshSlots } from './refresh-slots.service.js';
