export type { PresentedSession } from './session.statements.js';
export { SessionsService } from './sessions.service.js';
