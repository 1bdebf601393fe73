export { IdentityMoves, UsersChangedMeanwhile } from './identity-moves.service.js';
export type { CarriedUser, DoneMove, Identity, IdentityMove, IdentityPlan, MapConflict } from './identity-plan.js';
export { IdentityRequest } from './identity-request.entity.js';
export { IdentityRequests } from './identity-requests.service.js';
export { toldIdentity, toldMove } from './told-move.js';
