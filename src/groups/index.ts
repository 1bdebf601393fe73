export { GroupModel } from './group.model.js';
export { GroupsService } from './groups.service.js';
export { MembershipsService } from './memberships.service.js';
