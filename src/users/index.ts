export { OnboardingService } from './onboarding.service.js';
export { SetUserDisabledPayload } from './user-administration.inputs.js';
export { returnedUserTarget, userChanges, userTarget } from './user.audit.js';
export { BUILT_IN_ADMIN_ID, BUILT_IN_ADMIN_NAME, User } from './user.entity.js';
export { BuiltInAdminProtected, UseOidcLogin, UsernameTaken } from './users.errors.js';
export { UsersService } from './users.service.js';
