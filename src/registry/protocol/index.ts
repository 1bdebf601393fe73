export { AccessSubjectKind, RegistryAction } from './registry-action.js';
export { registryErrorOf } from './registry-error.js';
export { BadTokenRequest, RegistryLoginRefused, RegistryLoginUnavailable } from './registry.errors.js';
export { isNameComponent, isRepositoryName, REPOSITORY_NAME_MAX_LENGTH, repositoryNameOf } from './repository-name.js';
export { scopesIn } from './token-scope.js';
export type { TokenScope } from './token-scope.js';
