/** The role of a service token, which decides what it may do. */
export enum ServiceTokenRole {
  VERIFIER = 'VERIFIER',
  METRICS = 'METRICS',
  ADMIN = 'ADMIN',
}

/** A user who is logged in. */
export interface UserPrincipal {
  readonly kind: 'user';
  readonly userId: string;
  readonly isAdmin: boolean;
  /** The security stamp of the account, as it was when they were authenticated: writes of their own things hold only under it. */
  readonly securityStamp?: string;
  /** Whether they would be an administrator if the provider had not ended their login. */
  readonly hasLoginEnded?: boolean;
}

/** A program that calls with a service token. */
export interface ServicePrincipal {
  readonly kind: 'service';
  readonly tokenId: string;
  readonly role: ServiceTokenRole;
}

/** Who makes a request. */
export type Principal = UserPrincipal | ServicePrincipal;

/** Whether a principal may do what administrators may. */
export function isAdministrator(principal: Principal): boolean {
  return principal.kind === 'user' ? principal.isAdmin : principal.role === ServiceTokenRole.ADMIN;
}

/** Whether a principal may read the metrics: METRICS and ADMIN service tokens, no user. */
export function mayReadMetrics(principal: Principal): boolean {
  return principal.kind === 'service' && principal.role !== ServiceTokenRole.VERIFIER;
}
