export { UserDisabling } from '../user-disabling.service.js';
export { UserList } from './user-list.service.js';
export type { ListedUser } from './user-list.service.js';
export { UserOperationsModule } from './user-operations.module.js';
export { UserRemoval } from './user-removal.service.js';
export type { RemovableUser } from './user-removal.service.js';
