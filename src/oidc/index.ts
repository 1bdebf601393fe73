export { CurrentProvider } from './current-provider.service.js';
export { LearnedFactsService } from './learned-facts.service.js';
export { LogoutEvidence } from './logout-evidence.service.js';
export { SharedAuthentications } from './shared-authentications.service.js';
