import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { FindOptionsWhere, IsNull, Repository } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { isDuplicate, changedARow } from '../common/persistence/conditional-write.js';
import { SYNCED_IN_BACKGROUND } from '../common/persistence/background-sync.js';
import { databaseMilliseconds } from '../common/persistence/database-clock.js';
import { Assignments, DirectStatements } from '../common/persistence/direct-statements.js';
import { newId } from '../common/persistence/ids.js';
import { openIfPossible } from '../common/crypto/sealed-value.js';
import { RELAXED_DURABILITY } from '../common/persistence/relaxed-durability.js';
import { Condition, endedByCondition, logoutMatching, ProviderLogout } from '../provider-logouts/index.js';
import type { ToldGroups } from '../settings/group-rules.js';
import { Installation } from '../settings/installation.js';
import { GrantEnd, groupNamesOf, ProviderFailing, ProviderGrant } from './provider-grant.entity.js';
import type { RefreshedTokens } from '../oidc/provider/index.js';
import { keptTokenParameters, withKeptToken } from './kept-token.js';
import { providerSessionOf, ProviderLogin } from './provider-login.js';

/**
 * How long one refresh holds the lease of a grant, in milliseconds: long enough for a process that is paused in the middle.
 * Its refresh token may be used by then; to use it again would end the grant at a provider that rotates tokens.
 */
export const LEASE_MS = 120_000;

/** The right to refresh one version of a grant, until it expires or another write changes the version. */
export interface Lease {
  readonly userId: string;
  readonly version: number;
  readonly owner: string;
}

/** The decrypted tokens that a refresh needs. */
export interface GrantTokens {
  readonly idToken: string;
  readonly refreshToken: string;
}

/** The result of a refresh, with its times. */
export type RenewedTokens = Omit<RefreshedTokens, 'groupsFailure'> & {
  readonly verifiedAt: Date;
  readonly expiresAt: Date;
};

/** The groups of a grant, and the version of the grant that has them. */
export interface GrantGroups extends ToldGroups {
  readonly version: number;
}

/** A refresh that failed and says nothing about the grant. */
export interface RefreshFailure {
  readonly failure: ProviderFailing;
  readonly at: Date;
  /** When the provider may be asked again. */
  readonly retryAt: Date;
  /** How many errors of the provider this was, one after the other; 0: it did not answer. */
  readonly errorAnswers: number;
}

/** An answer that does not say whether the grant has ended. */
export interface UnclearAnswer {
  readonly at: Date;
  /** When the provider may be asked again. */
  readonly retryAt: Date;
  /** For how long the provider has refreshed grants up to now, in milliseconds. */
  readonly fromMs: number;
  /** Whether that counts although the answer before was unclear too; by default the first one counts. */
  readonly beginsAnew?: boolean;
  /** Whether the refresh token may be another person's. */
  readonly isForeign: boolean;
}

type Change = QueryDeepPartialEntity<ProviderGrant>;

/** No refresh is running. */
export const WITHOUT_LEASE = { leaseOwner: null, leaseUntil: null } satisfies Change;
/** Nothing is noted about answers of the provider. */
export const ANSWERED = {
  ...{ failure: null, failedAt: null, retryAt: null, unclearFromMs: null, errorAnswers: 0 },
} satisfies Change;
const NEXT_VERSION = { version: () => 'version + 1' } satisfies Change;
// First in a statement: MySQL reads a column that is assigned further left with its new value.
const GROUPS_AS_TOLD = { groupsToldAt: () => 'COALESCE(groups_told_at, vouched_at, expires_at)' } satisfies Change;

const FIRST_FROM = 'COALESCE(unclear_from_ms, :fromMs)';

/** Stores grants, with sealed tokens; the only writer of their table. */
@Injectable()
export class GrantStore {
  private readonly direct: DirectStatements<ProviderGrant>;

  constructor(
    @InjectRepository(ProviderGrant) private readonly grants: Repository<ProviderGrant>,
    private readonly installation: Installation,
  ) {
    this.direct = new DirectStatements(grants);
  }

  /** The grant of a user, or null if there is none until the next login. */
  of(userId: string): Promise<ProviderGrant | null> {
    return this.direct.find({ userId });
  }

  /** The groups that the provider last sent for a user, or null if the user has no grant. */
  async groupsOf(userId: string): Promise<GrantGroups | null> {
    const select = { userId: true, version: true, groupNames: true, groupsToldAt: true } as const;
    const grant = await this.grants.findOne({ where: { userId }, select });
    return grant && { version: grant.version, names: groupNamesOf(grant), toldAt: grant.groupsToldAt };
  }

  /** The ID token of a grant, for the provider that issued it; null if it can't be decrypted. */
  idTokenOf({ userId, sealedIdToken }: ProviderGrant): string | null {
    return openIfPossible(this.installation.cipher, sealedIdToken, sealingContext('sealed_id_token', userId));
  }

  /** The tokens for a refresh; null if there is no refresh token, or it can't be decrypted. */
  tokensOf(grant: ProviderGrant): GrantTokens | null {
    const { userId, sealedRefreshToken } = grant;
    if (sealedRefreshToken === null) return null;
    const context = sealingContext('sealed_refresh_token', userId);
    const refreshToken = openIfPossible(this.installation.cipher, sealedRefreshToken, context);
    const idToken = refreshToken === null ? null : this.idTokenOf(grant);
    return refreshToken === null || idToken === null ? null : { idToken, refreshToken };
  }

  /** The tokens with which userinfo is asked about a user; null if one is missing, or can't be decrypted. */
  tokensForUserinfo(grant: ProviderGrant): { readonly idToken: string; readonly accessToken: string } | null {
    const { userId, sealedAccessToken } = grant;
    if (sealedAccessToken === null) return null;
    const context = sealingContext('sealed_access_token', userId);
    const accessToken = openIfPossible(this.installation.cipher, sealedAccessToken, context);
    const idToken = accessToken === null ? null : this.idTokenOf(grant);
    return accessToken === null || idToken === null ? null : { idToken, accessToken };
  }

  /**
   * Stores the tokens and groups of a login in one statement and replaces the former ones; a concurrent refresh then writes
   * nothing. A login that a logout at the provider has ended changes nothing.
   */
  async store(userId: string, login: ProviderLogin): Promise<void> {
    const grant = this.grantOf(userId, login);
    const { session, begunAt } = providerSessionOf(login);
    const logouts = logoutMatching(providerSessionOf(login));
    if (!(await this.replace(userId, grant, logouts))) await this.insertOrReplace(userId, grant, logouts);
    // A logout that was stored meanwhile has looked for another grant than this one.
    await this.endWhere(
      { userId, isOffline: false, providerSession: session ?? IsNull(), loginBegunAt: begunAt },
      logouts,
    );
  }

  /**
   * Ends the grants of the sessions that a logout at the provider ends, except those with offline access (OpenID Connect
   * Back-Channel Logout 1.0, section 2.7). A concurrent refresh then writes nothing.
   *
   * @param userId the user of the logout, if there is one
   * @param endsOfflineAccess whether the provider says that offline access ends, too
   */
  async endLoggedOut(logout: ProviderLogout, userId: string | null, endsOfflineAccess = false): Promise<void> {
    const which = endsOfflineAccess ? {} : { isOffline: false };
    await this.endWhere(which, endedByCondition(logout, ['user_id = :userId', { userId }]));
  }

  /**
   * Takes the lease of a grant as it was read; null if another replica has it, or if the grant has changed since: even if
   * only a rotated token or another pause was stored. The database's clock decides when a lease expires.
   */
  async lease({ userId, version, isForeign, sealedRefreshToken, retryAt }: ProviderGrant): Promise<Lease | null> {
    const now = databaseMilliseconds(this.grants.manager.connection);
    const owner = newId();
    const isTaken = await this.direct.update({
      mark: RELAXED_DURABILITY,
      set: { leaseOwner: owner, leaseUntil: () => `${now} + ${LEASE_MS}` },
      where: { userId, version, isForeign, sealedRefreshToken, retryAt },
      and: `(lease_until IS NULL OR lease_until < ${now})`,
    });
    return isTaken ? { userId, version, owner } : null;
  }

  /**
   * Stores a rotated refresh token, before anything else is done with the answer of the provider. Until the answer is
   * verified, the token may be another person's. Under any version: a login that keeps the refresh token keeps the lease.
   */
  async keepRefreshToken({ userId, owner }: Lease, refreshToken: string): Promise<boolean> {
    const sealedRefreshToken = this.sealed('sealed_refresh_token', userId, refreshToken);
    const set = { sealedRefreshToken, isForeign: true };
    return this.direct.update({ mark: SYNCED_IN_BACKGROUND, set, where: { userId, leaseOwner: owner } });
  }

  /** Stores the result of a refresh and releases the lease. False if a login was faster. */
  async renew({ userId, version, owner }: Lease, tokens: RenewedTokens): Promise<boolean> {
    const { idToken, accessToken, verifiedAt, expiresAt, groups, groupsSource } = tokens;
    const set: Assignments<ProviderGrant> = {
      ...GROUPS_AS_TOLD,
      ...{ verifiedAt, expiresAt, isForeign: false },
      ...(idToken !== null && { sealedIdToken: this.sealed('sealed_id_token', userId, idToken) }),
      ...(accessToken !== null && { sealedAccessToken: this.sealed('sealed_access_token', userId, accessToken) }),
      ...groupsOf(groups, groupsSource),
      ...{ ...ANSWERED, ...WITHOUT_LEASE, ...NEXT_VERSION },
    };
    return this.direct.update({ mark: RELAXED_DURABILITY, set, where: { userId, version, leaseOwner: owner } });
  }

  /** Ends a grant that the provider refused, or that can't be used. False if a login was faster. */
  end(lease: Lease, endReason: GrantEnd): Promise<boolean> {
    return this.updateDurably(lease, { endReason, ...ANSWERED, ...WITHOUT_LEASE, ...NEXT_VERSION });
  }

  /** Stores that the provider did not refresh the grant, and when to try again; nothing else of the grant changes. */
  noteFailure(
    lease: Lease,
    { failure, at, retryAt, errorAnswers }: RefreshFailure,
    keepsLease: boolean,
  ): Promise<boolean> {
    const change = { failure, failedAt: () => 'COALESCE(failed_at, :at)', retryAt, errorAnswers };
    return this.updateRelaxed(lease, { ...change, ...(!keepsLease && WITHOUT_LEASE) }, { at });
  }

  /** Stores that the provider answered unclearly, and releases the lease; the refresh token stays. */
  noteUnclear(lease: Lease, { at, retryAt, fromMs, beginsAnew = false, isForeign }: UnclearAnswer): Promise<boolean> {
    const since = {
      // Before `failed_at`, which it reads. A refresh by an older release clears that only.
      unclearFromMs: () => (beginsAnew ? ':fromMs' : `CASE WHEN failed_at IS NULL THEN :fromMs ELSE ${FIRST_FROM} END`),
      failedAt: () => 'COALESCE(failed_at, :at)',
    };
    const change = { ...since, retryAt, isForeign, errorAnswers: 0, ...WITHOUT_LEASE };
    return this.updateRelaxed(lease, change, { at, fromMs });
  }

  /** Stores the same for a grant that was not tried, because the provider answers no request. */
  async noteOutage({ userId, version }: ProviderGrant, at: Date): Promise<void> {
    const change = { failure: 'UNAVAILABLE' as const, failedAt: () => 'COALESCE(failed_at, :at)' };
    await this.grants
      .createQueryBuilder()
      .update()
      .set(change)
      .where({ userId, version })
      .andWhere('failure IS NULL')
      .setParameters({ at })
      .comment(RELAXED_DURABILITY)
      .execute();
  }

  /**
   * Releases a lease that was not used, or that a login kept while the grant was refreshed. Nothing else changes but, if it
   * is given, whether the refresh token may be another person's.
   */
  async release({ userId, owner }: Lease, isForeign?: boolean): Promise<void> {
    const change = { ...WITHOUT_LEASE, ...(isForeign !== undefined && { isForeign }) };
    const update = this.grants.createQueryBuilder().update().set(change).where({ userId, leaseOwner: owner });
    await update.comment(RELAXED_DURABILITY).execute();
  }

  private async updateDurably(lease: Lease, change: Change): Promise<boolean> {
    return changedARow(await this.updateUnder(lease, change).comment(SYNCED_IN_BACKGROUND).execute());
  }

  /** For writes that the next use repeats if a loss of power undoes them. */
  private async updateRelaxed(lease: Lease, change: Change, parameters = {}): Promise<boolean> {
    return changedARow(
      await this.updateUnder(lease, change).setParameters(parameters).comment(RELAXED_DURABILITY).execute(),
    );
  }

  private updateUnder({ userId, version, owner }: Lease, change: Change) {
    return this.grants.createQueryBuilder().update().set(change).where({ userId, version, leaseOwner: owner });
  }

  private async replace(userId: string, grant: Change, [isLoggedOut, parameters]: Condition): Promise<boolean> {
    const next: Change = { ...GROUPS_AS_TOLD, ...withKeptToken(grant), ...NEXT_VERSION };
    const update = this.grants.createQueryBuilder().update().set(next).where({ userId });
    return changedARow(
      await update.andWhere(`NOT ${isLoggedOut}`, { ...parameters, ...keptTokenParameters(grant) }).execute(),
    );
  }

  private async insertOrReplace(userId: string, grant: Change, logouts: Condition): Promise<void> {
    try {
      const isOffline = grant.isOffline === true && grant.sealedRefreshToken !== null;
      await this.grants.insert({ ...grant, isOffline, userId, version: 1 });
    } catch (error) {
      // A concurrent login of the same user inserted the row, and this one is later. Or the row was there before.
      if (!isDuplicate(error)) throw error;
      await this.replace(userId, grant, logouts);
    }
  }

  private async endWhere(which: FindOptionsWhere<ProviderGrant>, [condition, parameters]: Condition): Promise<void> {
    const ended: Change = { endReason: 'PROVIDER_LOGOUT', ...ANSWERED, ...WITHOUT_LEASE, ...NEXT_VERSION };
    const living = { ...which, endReason: IsNull() };
    const update = this.grants.createQueryBuilder().update().set(ended).where(living);
    await update.andWhere(condition, parameters).execute();
  }

  private grantOf(userId: string, login: ProviderLogin): Change {
    const { profile, tokens, clientId, begunAt } = login;
    const { idToken, accessToken, refreshToken, verifiedAt, expiresAt, isOffline } = tokens;
    return {
      ...{ clientId, verifiedAt, expiresAt, endReason: null, ...ANSWERED, ...WITHOUT_LEASE },
      ...{ isOffline, isForeign: false, providerSession: providerSessionOf(login).session, loginBegunAt: begunAt },
      issuer: profile.issuer,
      sealedIdToken: this.sealed('sealed_id_token', userId, idToken),
      sealedAccessToken: accessToken && this.sealed('sealed_access_token', userId, accessToken),
      sealedRefreshToken: refreshToken && this.sealed('sealed_refresh_token', userId, refreshToken),
      ...groupsOf(profile.groups, profile.groupsSource),
    };
  }

  private sealed(column: string, userId: string, token: string): string {
    return this.installation.cipher.seal(token, sealingContext(column, userId));
  }
}

/** What the ciphertext of a token of a grant is bound to. */
export function sealingContext(column: string, userId: string) {
  return { table: 'provider_grants', column, row: userId };
}

/** Without groups from the provider the last known ones stay, with the time at which they were sent. */
function groupsOf(groups: readonly string[] | null, groupsSource: ProviderGrant['groupsSource']) {
  return groups === null ? {} : { groupNames: JSON.stringify(groups), groupsSource, groupsToldAt: null };
}
