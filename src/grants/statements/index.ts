export { countGrants } from './grant-counts.js';
export { GRANT_ORIGIN, hasGrantEnded } from './grant-end.js';
export type { GrantOrigin } from './grant-end.js';
export {
  grantsInQuestion,
  grantStatusParameters,
  HAS_STATUS,
  IS_FROM_PROVIDER,
  IS_USABLE,
  loginAgeParameters,
} from './grant-status.statements.js';
