export { UserConnection } from './user-connection.model.js';
export { AdminSource, UserKind, UserModel } from './user.model.js';
