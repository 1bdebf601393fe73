export { ProviderSessionEndings } from './provider-session-endings.service.js';
export type { EndedSessions } from './provider-session-endings.service.js';
export type { PresentedSession } from './session.statements.js';
export { countSessions } from './session-counts.js';
export { SessionNotes } from './session-notes.service.js';
export type { SessionNote } from './session-notes.service.js';
export { PENDING_SECONDS, SessionsService } from './sessions.service.js';
