import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { isDoneWithin } from '../../common/runtime/within.js';
import { CurrentProvider } from '../index.js';
import { GrantStore, GrantTokens, Lease, LEASE_MS, ProviderGrant } from '../../grants/index.js';
import { ProviderSilence } from './provider-silence.service.js';
import { Failure, RefreshOutcomes } from './refresh-outcomes.service.js';
import { RefreshTurns } from './refresh-turns.service.js';
import type { Fate } from './waiting-users.js';
import { ProviderClient, REFRESH_TIMES, RefreshAnswer, UnclearTokens } from '../provider/index.js';

/** When waiting requests learn that the provider does not answer, while its answer is still awaited; in milliseconds. */
const PATIENCE_MS = 10_000;
const LONGEST_END_MS = 6_000;
/** How long a canary is waited for, in milliseconds; its answer is still listened for afterwards. */
export const CANARY_PATIENCE_MS = 1_900;
/** A request that is unanswered for so long has reached a provider that hangs; in milliseconds. */
const HANGS_AFTER_MS = 3_000;
const { wholeMs: WHOLE_REFRESH_MS, untilNextTokenMs: UNTIL_NEXT_TOKEN_MS } = REFRESH_TIMES;
/**
 * How far the clocks of two nodes of a database may differ, in milliseconds: at a node that is further ahead a lease ends
 * before its holder, even if it is not paused, has the next refresh token, and the present one may be sent twice.
 */
export const MOST_CLOCKS_APART_MS = LEASE_MS - UNTIL_NEXT_TOKEN_MS;
/** Failures before which nothing was sent. */
const NOTHING_SENT = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT/;

type Silence = Extract<RefreshAnswer, { kind: 'SILENT' }>;
type Failing = Omit<Silence, 'kind'> & Pick<Failure, 'auditedDetail'>;
type Tokens = Extract<RefreshAnswer, { kind: 'TOKENS' }>['tokens'];

/** The client that sent a refresh, the tokens of the grant before it, and when it was sent. */
interface Asked {
  readonly client: ProviderClient;
  readonly before: GrantTokens;
  readonly sentAt: number;
}

const REJECTED: Failure = { failure: 'CLIENT_REJECTED', hasAnswered: true, isServerError: false };
const AWAITED: Failure = { failure: 'UNAVAILABLE', hasAnswered: false, isServerError: false };

/** Refreshes one grant under its lease, and stores the outcome. */
@Injectable()
export class RefreshAttempt {
  private readonly logger = new Logger(RefreshAttempt.name);
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly grants: GrantStore,
    private readonly provider: CurrentProvider,
    private readonly outcomes: RefreshOutcomes,
    private readonly silence: ProviderSilence,
    private readonly turns: RefreshTurns,
  ) {}

  /**
   * Refreshes a grant as it was read, when it is its turn. Returns when that is done, or after ten seconds while the answer is
   * still awaited. False if another replica has the lease.
   *
   * @param isCanary whether the provider is asked although it is left alone
   */
  async run(grant: ProviderGrant, isCanary = false): Promise<boolean> {
    if (!this.mayAsk(isCanary)) return this.notAsked(grant);
    const endTurn = await this.turns.take(isCanary ? CANARY_PATIENCE_MS : PATIENCE_MS, isCanary);
    if (!endTurn) return true;
    try {
      return this.mayAsk(isCanary) ? await this.refresh(grant) : await this.notAsked(grant);
    } finally {
      endTurn();
    }
  }

  private mayAsk(isCanary: boolean): boolean {
    return isCanary || this.silence.mayAsk();
  }

  private async notAsked(grant: ProviderGrant): Promise<true> {
    this.silence.noteNotAsked(grant);
    await this.outcomes.notAsked(grant);
    return true;
  }

  private async refresh(grant: ProviderGrant): Promise<boolean> {
    const before = performance.now();
    const lease = await this.grants.lease(grant);
    if (!lease) return false;
    const done = this.refreshUnder(lease, grant, before + LEASE_MS - WHOLE_REFRESH_MS);
    this.running.add(done);
    void done.catch(() => undefined).finally(() => this.running.delete(done));
    await Promise.race([done, this.patienceFor(lease, grant, done)]);
    return true;
  }

  /** Waits until no refresh is running: six seconds at most, because the process has to end. */
  async settled(): Promise<void> {
    await isDoneWithin(LONGEST_END_MS, Promise.allSettled(this.running));
  }

  private async patienceFor(lease: Lease, grant: ProviderGrant, done: Promise<void>): Promise<void> {
    const ended = done.catch(() => undefined);
    if (await isDoneWithin(PATIENCE_MS, ended)) return;
    this.silence.noteSilence(grant, false, 'LOST');
    await this.outcomes.failed(lease, grant, AWAITED, true);
  }

  private async refreshUnder(lease: Lease, grant: ProviderGrant, latestStart: number): Promise<void> {
    let fate: Fate = 'NOT_SENT';
    try {
      const before = this.grants.tokensOf(grant);
      if (!before) return await this.outcomes.ended(lease, grant, 'NO_REFRESH_TOKEN');
      const client = await this.clientFor(grant);
      // A process that was paused meanwhile may have lost the lease to another one, which uses the token now.
      if (!client || performance.now() > latestStart) return await this.grants.release(lease);
      const asked = { client, before, sentAt: performance.now() };
      const answer = await client.refresh(before.refreshToken);
      fate = 'ANSWERED';
      await this.handleAnswer(lease, grant, asked, answer);
    } catch (error) {
      if (error instanceof UnclearTokens) {
        return this.outcomes.unclear(lease, grant, { detail: error.detail ?? error.code, ...marksOf(error, grant) });
      }
      if (!(error instanceof DomainError)) throw error;
      const detail = error.detail ?? error.code;
      const silence = { isUnreachable: false, hasAnswered: false, isServerError: false, detail };
      await this.noteSilence(lease, grant, { ...silence, auditedDetail: error.auditedDetail }, fate);
    }
  }

  /** The client of the provider of this grant, or null if another provider is configured now. */
  private async clientFor({ issuer, clientId }: ProviderGrant): Promise<ProviderClient | null> {
    const client = await this.provider.client();
    return client.issuer === issuer && client.clientId === clientId ? client : null;
  }

  private async handleAnswer(lease: Lease, grant: ProviderGrant, asked: Asked, answer: RefreshAnswer): Promise<void> {
    if (answer.kind === 'SILENT') return this.noteSilence(lease, grant, answer, fateOf(answer), asked.sentAt);
    if (answer.kind === 'TOKENS') return this.storeTokens(lease, grant, asked, answer.tokens);
    this.silence.noteAnswer(lease.userId);
    if (answer.kind === 'CLIENT_REJECTED') return void (await this.outcomes.failed(lease, grant, REJECTED));
    if (answer.kind === 'REFUSED') return this.outcomes.ended(lease, grant, 'REFRESH_REJECTED');
    await this.outcomes.unclear(lease, grant, { ...answer, isForeign: grant.isForeign });
  }

  private async storeTokens(lease: Lease, grant: ProviderGrant, { client, before }: Asked, tokens: Tokens) {
    const { refreshToken } = tokens;
    const isKept = refreshToken === null || (await this.outcomes.keepRefreshToken(lease, refreshToken));
    // Only now: it lets others go on, whose reads would come before this write.
    this.silence.noteAnswer(lease.userId);
    if (!isKept) return;
    await this.outcomes.renewed(lease, grant, await client.verifyRefreshed(tokens, before.idToken, grant.isForeign));
  }

  private async noteSilence(
    lease: Lease,
    grant: ProviderGrant,
    { isUnreachable, hasAnswered, isServerError, detail, auditedDetail }: Failing,
    fate: Fate,
    sentAt = performance.now(),
  ): Promise<void> {
    this.logger.warn({ userId: lease.userId, detail }, 'A grant could not be refreshed.');
    this.silence.noteSilence(grant, isUnreachable, fate);
    const isHung = fate === 'LOST' && performance.now() - sentAt >= HANGS_AFTER_MS;
    const failure: Failure = { failure: 'UNAVAILABLE', hasAnswered, isServerError, isHung, auditedDetail };
    this.silence.noteStored(grant, fate, await this.outcomes.failed(lease, grant, failure));
  }
}

function fateOf({ hasAnswered, detail }: Silence): Fate {
  // A proxy that gave up waiting has sent the token on.
  if (hasAnswered) return /\b504\b/.test(detail) ? 'LOST' : 'ANSWERED';
  return NOTHING_SENT.test(detail) ? 'NOT_SENT' : 'LOST';
}

function marksOf({ isForeign, isRefreshed }: UnclearTokens, grant: ProviderGrant) {
  return { isForeign: isForeign || grant.isForeign, isRefreshed };
}
