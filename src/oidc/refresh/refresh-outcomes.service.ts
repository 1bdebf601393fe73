import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { AuditActorKind, AuditOutcome, AuditService } from '../../audit/index.js';
import { Clock } from '../../common/runtime/clock.js';
import { MembershipsService } from '../../groups/index.js';
import { GrantEnd, GrantStore, groupNamesOf, Lease, ProviderFailing, ProviderGrant } from '../../grants/index.js';
import type { RefreshedTokens } from '../provider/index.js';
import { backoffAfter, LONGEST_BACKOFF_MS } from './provider-backoff.js';
import { RefreshRecord } from './refresh-record.service.js';
import { errorAnswersAfter, unclearPauseAfter } from './unclear-answers.js';

/** An unclear grant ends after so long a time in which the provider refreshed others, in milliseconds. */
const UNCLEAR_ENDS_AFTER_MS = 24 * 3_600_000;
/** How long a refreshed token counts that has already expired, in seconds: otherwise every use would refresh. */
const LEAST_LIFE_SECONDS = 10;
const LONGEST_WRITE_PAUSE_MS = 5_000;
const GROUPS_KEPT =
  'The groups of a user could not be read from the provider; the last known ones are kept for a while.';
const GROUPS_READ_IN_PART = 'The groups of a user could not be read as the provider sent them.';

/** A refresh that failed without a word about the grant. */
export interface Failure {
  readonly failure: ProviderFailing;
  readonly hasAnswered: boolean;
  readonly isServerError: boolean;
  /** Whether the provider took the request and did not answer it: then the longest pause follows. By default it did not. */
  readonly isHung?: boolean;
  /** What was wrong with the answer, for the audit log; from a fixed vocabulary. */
  readonly auditedDetail?: string;
}

/** An answer that does not say whether the grant has ended. */
export interface Unclear {
  /** For the log. */
  readonly detail: string;
  /** Whether the refresh token may be another person's. */
  readonly isForeign: boolean;
  /** Whether the provider did refresh the grant, and only its userinfo refuses; by default it did not. */
  readonly isRefreshed?: boolean;
}

/** Stores what an answer of the provider means for a grant, under its lease; and who is told of it. */
@Injectable()
export class RefreshOutcomes {
  private readonly logger = new Logger(RefreshOutcomes.name);

  constructor(
    private readonly grants: GrantStore,
    private readonly record: RefreshRecord,
    private readonly memberships: MembershipsService,
    private readonly auditLog: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Keeps a rotated refresh token, before the rest of the answer is examined. False if a login was faster. */
  keepRefreshToken(lease: Lease, refreshToken: string): Promise<boolean> {
    return this.untilWritten(() => this.grants.keepRefreshToken(lease, refreshToken));
  }

  /** The provider has refreshed the grant, and its tokens are verified. */
  async renewed(
    lease: Lease,
    grant: ProviderGrant,
    { groupsFailure, groupsProblem = null, ...verified }: RefreshedTokens,
  ): Promise<void> {
    const detail = groupsFailure ?? groupsProblem;
    if (detail !== null && changesGroups(grant, verified.groups)) {
      this.logger.warn({ userId: lease.userId, detail }, verified.groups === null ? GROUPS_KEPT : GROUPS_READ_IN_PART);
    }
    const verifiedAt = this.clock.now();
    const expiresAt = latest(verified.expiresAt ?? this.lifeLike(grant), this.clock.secondsFromNow(LEAST_LIFE_SECONDS));
    // A login decides whether one is stored.
    const accessToken = grant.sealedAccessToken === null ? null : verified.accessToken;
    const renewed = { ...verified, accessToken, verifiedAt, expiresAt };
    const isOurs = await this.untilWritten(() => this.grants.renew(lease, renewed));
    if (!isOurs) return this.untilWritten(() => this.grants.release(lease, false));
    this.record.count(AuditOutcome.SUCCEEDED, null);
    await this.indexGroups(lease, grant, verified.groups);
    await this.noted(this.record.noteRefresh());
    if (grant.unclearFromMs !== null) await this.noted(this.record.noteRecovery(grant));
  }

  /** The provider has ended the grant, or it can't be used. */
  async ended(lease: Lease, grant: ProviderGrant, reason: GrantEnd): Promise<void> {
    if (!(await this.untilWritten(() => this.grants.end(lease, reason)))) return this.grants.release(lease);
    await this.audit(lease.userId, AuditOutcome.REFUSED, reason);
    if (reason === 'REFRESH_REJECTED') await this.noted(this.record.noteRefusal(grant));
  }

  /**
   * The provider does not refresh the grant, and does not say that it has ended. The grant ends if that is still so when the
   * provider has refreshed others for a day; that day begins anew if it does refresh, and only its userinfo refuses.
   */
  async unclear(
    lease: Lease,
    grant: ProviderGrant,
    { detail, isForeign, isRefreshed = false }: Unclear,
  ): Promise<void> {
    this.logger.warn({ userId: lease.userId, detail }, 'The provider answered unclearly to the refresh of a grant.');
    const at = this.clock.now();
    const now = await this.record.refreshingTime();
    // An older release that refreshes the grant clears `failed_at` only.
    const isFirst = grant.failedAt === null || isRefreshed;
    const fromMs = isFirst ? now : Number(grant.unclearFromMs ?? now);
    if (now - fromMs >= UNCLEAR_ENDS_AFTER_MS) return this.ended(lease, grant, 'REFRESH_REJECTED');
    const retryAt = new Date(at.getTime() + unclearPauseAfter(this.failingForMs(grant)));
    const answer = { at, retryAt, fromMs, beginsAnew: isRefreshed, isForeign };
    const isOurs = await this.grants.noteUnclear(lease, answer);
    if (!isOurs) return this.grants.release(lease, isForeign);
    await this.audit(lease.userId, AuditOutcome.FAILED, 'REFRESH_UNCLEAR', detail);
    // Pocket ID answers so to a refresh token that it has revoked.
    if (!isRefreshed && !isForeign) await this.noted(this.record.noteRefusal(grant));
  }

  /** The provider did not answer, or with an error of its own, or rejects the client: nothing about the grant changes. Returns when to try again. */
  async failed(lease: Lease, grant: ProviderGrant, failure: Failure, keepsLease = false): Promise<Date> {
    const at = this.clock.now();
    const pauseMs = failure.isHung ? LONGEST_BACKOFF_MS : backoffAfter(this.failingForMs(grant));
    const retryAt = new Date(at.getTime() + pauseMs);
    const errorAnswers = errorAnswersAfter(grant, failure, await this.lastRefresh(failure));
    const { failure: kind } = failure;
    const isOurs = await this.grants.noteFailure(lease, { failure: kind, at, retryAt, errorAnswers }, keepsLease);
    const reason = kind === 'UNAVAILABLE' ? 'PROVIDER_UNAVAILABLE' : 'PROVIDER_REJECTED_CLIENT';
    if (isOurs) await this.audit(lease.userId, AuditOutcome.FAILED, reason, failure.auditedDetail);
    else if (!keepsLease) await this.grants.release(lease);
    return retryAt;
  }

  /** The grant was not sent, because the provider answers no request. */
  notAsked(grant: ProviderGrant): Promise<void> {
    return this.grants.noteOutage(grant, this.clock.now());
  }

  /** When the provider last refreshed any grant; asked only where it decides something. */
  private async lastRefresh({ isServerError }: Failure): Promise<Date | null> {
    return isServerError ? this.record.lastRefresh() : null;
  }

  private failingForMs({ failedAt }: ProviderGrant): number {
    return failedAt === null ? 0 : this.clock.now().getTime() - failedAt.getTime();
  }

  private async indexGroups({ userId, version }: Lease, grant: ProviderGrant, groups: readonly string[] | null) {
    const names = groups ?? groupNamesOf(grant);
    const isSame = JSON.stringify(names) === JSON.stringify(groupNamesOf(grant));
    if (isSame && (await this.memberships.carryOver(userId, version))) return;
    await this.memberships.index(userId, version + 1, names);
  }

  /** What is learned by the way: the outcome counts, noted or not. */
  private async noted(note: Promise<void>): Promise<void> {
    await note.catch((error: Error) => this.logger.warn({ error: error.message }, 'A refresh could not be noted.'));
  }

  /** The expiry if the token lives as long as the last one. */
  private lifeLike({ verifiedAt, expiresAt }: ProviderGrant): Date {
    const life = verifiedAt === null ? 0 : expiresAt.getTime() - verifiedAt.getTime();
    return this.clock.secondsFromNow(life / 1000);
  }

  /** Retries a write that must not be lost until the database takes it. */
  private async untilWritten<T>(write: () => Promise<T>): Promise<T> {
    for (let pauseMs = 100; ; pauseMs = Math.min(LONGEST_WRITE_PAUSE_MS, pauseMs * 2)) {
      try {
        return await write();
      } catch (error) {
        this.logger.error(
          { error: (error as Error).message },
          'The answer of the provider could not be written; trying again.',
        );
        await sleep(pauseMs);
      }
    }
  }

  private audit(userId: string, outcome: AuditOutcome, reason: string, detail?: string): Promise<void> {
    const actor = { kind: AuditActorKind.PROVIDER, id: null };
    const target = { type: 'user', id: userId };
    this.record.count(outcome, reason);
    return this.auditLog.write({
      action: 'grant.refresh',
      actor,
      target,
      outcome,
      reason,
      detail,
      remoteAddress: null,
      requestId: null,
    });
  }
}

// Otherwise each refresh would log the same again.
function changesGroups(grant: ProviderGrant, groups: readonly string[] | null): boolean {
  if (groups === null) return grant.groupsToldAt === null;
  return JSON.stringify(groups) !== JSON.stringify(groupNamesOf(grant));
}

function latest(one: Date, other: Date): Date {
  return one > other ? one : other;
}
