export { GroupModel } from './group.model.js';
export { GroupsService } from './groups.service.js';
export { MembershipIndexing } from './membership-indexing.service.js';
export { MembershipsService } from './memberships.service.js';
export { IS_IN_LOGIN_GROUP, loginGroupParameters } from './login-groups.statements.js';
