import { INestApplicationContext } from '@nestjs/common';
import { AuditErasure, AuditErasureModule } from '../audit/audit-erasure.module.js';
import { RulesOfRemoved, RulesOfRemovedModule } from '../registry/access-rules/index.js';
import { TokenInheritance, TokenInheritanceModule } from '../service-tokens/index.js';
import { RemovableUser, UserOperationsModule, UserRemoval } from '../users/operator/index.js';

/** The parts of the application that {@link removeAll} needs. */
export const REMOVAL_PARTS = [
  UserOperationsModule,
  TokenInheritanceModule,
  RulesOfRemovedModule,
  AuditErasureModule,
] as const;

/**
 * Removes users for good: what is known of them, their sessions, grants, secrets, memberships, rules and ADMIN tokens. A
 * tombstone keeps the digest of each name; VERIFIER and METRICS tokens pass to the installation; audit events keep only ids.
 * Can be stopped at any moment and run again.
 *
 * @param users a few hundred at most
 */
export async function removeAll(app: INestApplicationContext, users: readonly RemovableUser[]): Promise<void> {
  const ids = users.map(({ id }) => id);
  const [removal, rules, tokens] = [app.get(UserRemoval), app.get(RulesOfRemoved), app.get(TokenInheritance)];
  await removal.end(users);
  const [actors, targets] = [[...ids, ...(await tokens.adminTokensOf(ids))], await rules.idsOf(ids)];
  const erase = () => app.get(AuditErasure).erase(actors, targets);
  await erase();
  await rules.delete(ids);
  await tokens.passOn(ids);
  await removal.erase(users);
  // A request that had begun before may have been audited meanwhile. From now on no row has the names.
  await erase();
}
