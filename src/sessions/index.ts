export { ProviderSessionEndings } from './provider-session-endings.service.js';
export type { EndedSessions } from './provider-session-endings.service.js';
export type { PresentedSession } from './session.statements.js';
export { SessionsService } from './sessions.service.js';
