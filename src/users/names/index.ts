export { skeletonOf } from './lookalikes.js';
export { NameSuggestions } from './name-suggestions.service.js';
export type { Availability } from './name-suggestions.service.js';
export { OnboardingNames } from './onboarding-names.service.js';
export { RepositoryNames } from './repository-names.js';
export { ReservedNames } from './reserved-names.js';
export { UsernameProblem } from './username.js';
