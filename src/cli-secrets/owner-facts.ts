import type { CurrentProvider } from '../oidc/index.js';
import type { OwnerFacts } from './cli-secret-status.js';
import type { SecretHolder } from './cli-secret.statements.js';

/** The facts about the owner of a secret, under the settings in force. */
export function ownerFactsOf({ isDisabled, groups, grant }: SecretHolder, provider: CurrentProvider): OwnerFacts {
  const isInNoLoginGroup = !provider.mayLogIn(groups);
  return { isDisabled, isInNoLoginGroup, grant: grant && provider.factsOf(grant) };
}
