export { UserRenaming } from './user-renaming.service.js';
