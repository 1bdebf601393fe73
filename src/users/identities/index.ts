export { IdentityMoves, UsersChangedMeanwhile } from './identity-moves.service.js';
export type { CarriedUser, DoneMove, IdentityMove, IdentityPlan, MapConflict } from './identity-plan.js';
