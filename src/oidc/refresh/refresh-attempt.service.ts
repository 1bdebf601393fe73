import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { AuditActorKind, AuditOutcome, AuditService } from '../../audit/index.js';
import { Clock } from '../../common/runtime/clock.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { MembershipsService } from '../../groups/index.js';
import { CurrentProvider } from '../index.js';
import {
  GrantEnd,
  GrantStore,
  GrantTokens,
  groupNamesOf,
  Lease,
  LEASE_MS,
  ProviderFailing,
  ProviderGrant,
} from '../../grants/index.js';
import { backoffAfter, ProviderBackoff } from './provider-backoff.js';
import { EXCHANGE_DEADLINE_MS, ProviderClient, REFRESH_DEADLINE_MS, RefreshAnswer } from '../provider/index.js';

/** When waiting requests learn that the provider does not answer, while its answer is still awaited; in milliseconds. */
const PATIENCE_MS = 10_000;
/** The longest time that a refresh takes after its request is sent, key set and userinfo included; in milliseconds. */
const WHOLE_MS = REFRESH_DEADLINE_MS + 2 * EXCHANGE_DEADLINE_MS;
/** How long a refreshed token counts that has already expired, in seconds: otherwise every use would refresh. */
const LEAST_LIFE_SECONDS = 10;
const LONGEST_WRITE_PAUSE_MS = 5_000;
const LONGEST_END_MS = 6_000;

type Tokens = Extract<RefreshAnswer, { kind: 'TOKENS' }>['tokens'];

/** The client that sent a refresh, and the tokens of the grant before it. */
interface Asked {
  readonly client: ProviderClient;
  readonly before: GrantTokens;
}

/** Refreshes one grant under its lease, and stores the outcome. */
@Injectable()
export class RefreshAttempt {
  private readonly logger = new Logger(RefreshAttempt.name);
  private readonly backoff = new ProviderBackoff();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly grants: GrantStore,
    private readonly provider: CurrentProvider,
    private readonly memberships: MembershipsService,
    private readonly outcomes: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Refreshes a grant as it was read. Returns when that is done, or after ten seconds while the answer is still awaited.
   * False if another replica has the lease.
   */
  async run(grant: ProviderGrant): Promise<boolean> {
    if (!this.backoff.isOver(this.clock.now())) {
      await this.grants.noteOutage(grant, this.clock.now());
      return true;
    }
    const before = performance.now();
    const lease = await this.grants.lease(grant);
    if (!lease) return false;
    const done = this.refreshUnder(lease, grant, before + LEASE_MS - WHOLE_MS);
    this.running.add(done);
    void done.catch(() => undefined).finally(() => this.running.delete(done));
    await Promise.race([done, this.patienceFor(lease, grant, done)]);
    return true;
  }

  /** Waits until no refresh is running: six seconds at most, because the process has to end. */
  async settled(): Promise<void> {
    const stop = new AbortController();
    const tooLong = sleep(LONGEST_END_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    await Promise.race([Promise.allSettled(this.running), tooLong]).finally(() => stop.abort());
  }

  private async patienceFor(lease: Lease, grant: ProviderGrant, done: Promise<void>): Promise<void> {
    const stop = new AbortController();
    void done.catch(() => undefined).finally(() => stop.abort());
    try {
      await sleep(PATIENCE_MS, undefined, { signal: stop.signal });
    } catch {
      return;
    }
    this.backoff.noteSilence(lease.userId, false, this.clock.now());
    await this.noteFailure(lease, grant, 'UNAVAILABLE', true);
  }

  private async refreshUnder(lease: Lease, grant: ProviderGrant, latestStart: number): Promise<void> {
    try {
      const before = this.grants.tokensOf(grant);
      if (!before) return await this.endGrant(lease, 'NO_REFRESH_TOKEN');
      const client = await this.clientFor(grant);
      // A process that was paused meanwhile may have lost the lease to another one, which uses the token now.
      if (!client || performance.now() > latestStart) return await this.grants.release(lease);
      await this.handleAnswer(lease, grant, { client, before }, await client.refresh(before.refreshToken));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.recordFailure(lease, grant, { isUnreachable: false, detail: error.detail ?? error.code });
    }
  }

  /** The client of the provider of this grant, or null if another provider is configured now. */
  private async clientFor({ issuer, clientId }: ProviderGrant): Promise<ProviderClient | null> {
    const client = await this.provider.client();
    return client.issuer === issuer && client.clientId === clientId ? client : null;
  }

  private async handleAnswer(lease: Lease, grant: ProviderGrant, asked: Asked, answer: RefreshAnswer) {
    if (answer.kind === 'SILENT') return this.recordFailure(lease, grant, answer);
    this.backoff.noteAnswer();
    if (answer.kind === 'CLIENT_REJECTED') return this.noteFailure(lease, grant, 'CLIENT_REJECTED', false);
    if (answer.kind === 'REFUSED') return this.endGrant(lease, 'REFRESH_REJECTED');
    await this.storeTokens(lease, grant, asked, answer.tokens);
  }

  private async storeTokens(
    lease: Lease,
    grant: ProviderGrant,
    { client, before }: Asked,
    tokens: Tokens,
  ): Promise<void> {
    const { refreshToken } = tokens;
    if (
      refreshToken !== null &&
      !(await this.retryUntilWritten(() => this.grants.keepRefreshToken(lease, refreshToken)))
    )
      return;
    const { groupsFailure, ...verified } = await client.verifyRefreshed(tokens, before.idToken);
    if (groupsFailure !== null) {
      const fields = { userId: lease.userId, detail: groupsFailure };
      this.logger.warn(
        fields,
        'The groups of a user could not be read from the provider; the last known ones are kept for a while.',
      );
    }
    const verifiedAt = this.clock.now();
    const expiresAt = latest(verified.expiresAt ?? this.lifeLike(grant), this.clock.secondsFromNow(LEAST_LIFE_SECONDS));
    if (!(await this.retryUntilWritten(() => this.grants.renew(lease, { ...verified, verifiedAt, expiresAt })))) return;
    await this.indexGroups(lease, grant, verified.groups);
  }

  private async indexGroups({ userId, version }: Lease, grant: ProviderGrant, groups: readonly string[] | null) {
    const names = groups ?? groupNamesOf(grant);
    const isSame = JSON.stringify(names) === JSON.stringify(groupNamesOf(grant));
    if (isSame && (await this.memberships.carryOver(userId, version))) return;
    await this.memberships.index(userId, version + 1, names);
  }

  /** The expiry if the token lives as long as the last one. */
  private lifeLike({ verifiedAt, expiresAt }: ProviderGrant): Date {
    const life = verifiedAt === null ? 0 : expiresAt.getTime() - verifiedAt.getTime();
    return this.clock.secondsFromNow(life / 1000);
  }

  private async endGrant(lease: Lease, reason: GrantEnd): Promise<void> {
    if (await this.retryUntilWritten(() => this.grants.end(lease, reason))) {
      await this.audit(lease.userId, AuditOutcome.REFUSED, reason);
    }
  }

  private async recordFailure(
    lease: Lease,
    grant: ProviderGrant,
    { isUnreachable, detail }: { isUnreachable: boolean; detail: string },
  ) {
    this.logger.warn({ userId: lease.userId, detail }, 'A grant could not be refreshed.');
    this.backoff.noteSilence(lease.userId, isUnreachable, this.clock.now());
    await this.noteFailure(lease, grant, 'UNAVAILABLE', false);
  }

  private async noteFailure(lease: Lease, grant: ProviderGrant, failure: ProviderFailing, keepsLease: boolean) {
    const now = this.clock.now();
    const silentForMs = grant.failedAt === null ? 0 : now.getTime() - grant.failedAt.getTime();
    const retryAt = new Date(now.getTime() + backoffAfter(silentForMs));
    const isOurs = await this.grants.noteFailure(lease, failure, now, retryAt, keepsLease);
    const reason = failure === 'UNAVAILABLE' ? 'PROVIDER_UNAVAILABLE' : 'PROVIDER_REJECTED_CLIENT';
    if (isOurs) await this.audit(lease.userId, AuditOutcome.FAILED, reason);
  }

  /** Retries a write that must not be lost until the database takes it. */
  private async retryUntilWritten(write: () => Promise<boolean>): Promise<boolean> {
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

  private audit(userId: string, outcome: AuditOutcome, reason: string): Promise<void> {
    const actor = { kind: AuditActorKind.PROVIDER, id: null };
    const target = { type: 'user', id: userId };
    return this.outcomes.write({
      action: 'grant.refresh',
      actor,
      target,
      outcome,
      reason,
      remoteAddress: null,
      requestId: null,
    });
  }
}

function latest(one: Date, other: Date): Date {
  return one > other ? one : other;
}
