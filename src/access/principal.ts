/** What a service token may do. */
export enum ServiceTokenRole {
  VERIFIER = 'VERIFIER',
  METRICS = 'METRICS',
  ADMIN = 'ADMIN',
}

/** A person who is logged in. */
export interface UserPrincipal {
  readonly kind: 'user';
  readonly userId: string;
  readonly isAdmin: boolean;
  /** Whether they would be an administrator, had the provider not ended their login. */
  readonly hasLoginEnded?: boolean;
}

/** A machine that calls with a service token. */
export interface ServicePrincipal {
  readonly kind: 'service';
  readonly tokenId: string;
  readonly role: ServiceTokenRole;
}

/** Who makes a request. */
export type Principal = UserPrincipal | ServicePrincipal;

/** Whether somebody may do what administrators may. */
export function isAdministrator(principal: Principal): boolean {
  return principal.kind === 'user' ? principal.isAdmin : principal.role === ServiceTokenRole.ADMIN;
}

/** Whether somebody may ask for verifications: VERIFIER and ADMIN service tokens, and no person. */
export function mayVerify(principal: Principal): boolean {
  return principal.kind === 'service' && principal.role !== ServiceTokenRole.METRICS;
}

/** Whether somebody may read the metrics: METRICS and ADMIN service tokens, and no person. */
export function mayReadMetrics(principal: Principal): boolean {
  return principal.kind === 'service' && principal.role !== ServiceTokenRole.VERIFIER;
}
