export { attemptSecrets, challengeOf } from './attempt-secrets.js';
export type { AttemptSecrets } from './attempt-secrets.js';
export { callbackAnswerOf } from './callback-answer.js';
export { CurrentProvider } from './current-provider.service.js';
export { LearnedFactsService } from './learned-facts.service.js';
export { isAccountRefused, LoginRefusal, loginRefusalOf } from './login-refusal.js';
export { LogoutEvidence } from './logout-evidence.service.js';
export { beginsAgain } from './restarted-login.js';
export { SharedAuthentications } from './shared-authentications.service.js';
