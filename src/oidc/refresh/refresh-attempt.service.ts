import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../../common/runtime/clock.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { CurrentProvider } from '../index.js';
import { GrantStore, GrantTokens, Lease, LEASE_MS, ProviderGrant } from '../../grants/index.js';
import { ProviderBackoff } from './provider-backoff.js';
import { Failure, RefreshOutcomes } from './refresh-outcomes.service.js';
import { ProviderClient, RefreshAnswer, UnclearTokens, WHOLE_REFRESH_MS } from '../provider/index.js';

/** When waiting requests learn that the provider does not answer, while its answer is still awaited; in milliseconds. */
const PATIENCE_MS = 10_000;
const LONGEST_END_MS = 6_000;

type Silence = Extract<RefreshAnswer, { kind: 'SILENT' }>;
type Tokens = Extract<RefreshAnswer, { kind: 'TOKENS' }>['tokens'];

/** The client that sent a refresh, and the tokens of the grant before it. */
interface Asked {
  readonly client: ProviderClient;
  readonly before: GrantTokens;
}

const REJECTED: Failure = { failure: 'CLIENT_REJECTED', hasAnswered: true, isServerError: false };
const AWAITED: Failure = { failure: 'UNAVAILABLE', hasAnswered: false, isServerError: false };

/** Refreshes one grant under its lease, and stores the outcome. */
@Injectable()
export class RefreshAttempt {
  private readonly logger = new Logger(RefreshAttempt.name);
  private readonly backoff = new ProviderBackoff();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly grants: GrantStore,
    private readonly provider: CurrentProvider,
    private readonly outcomes: RefreshOutcomes,
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
    const done = this.refreshUnder(lease, grant, before + LEASE_MS - WHOLE_REFRESH_MS);
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
    await this.outcomes.failed(lease, grant, AWAITED, true);
  }

  private async refreshUnder(lease: Lease, grant: ProviderGrant, latestStart: number): Promise<void> {
    try {
      const before = this.grants.tokensOf(grant);
      if (!before) return await this.outcomes.ended(lease, 'NO_REFRESH_TOKEN');
      const client = await this.clientFor(grant);
      // A process that was paused meanwhile may have lost the lease to another one, which uses the token now.
      if (!client || performance.now() > latestStart) return await this.grants.release(lease);
      await this.handleAnswer(lease, grant, { client, before }, await client.refresh(before.refreshToken));
    } catch (error) {
      if (error instanceof UnclearTokens) {
        return this.outcomes.unclear(lease, grant, error.detail ?? error.code, error.isForeign || grant.isForeign);
      }
      if (!(error instanceof DomainError)) throw error;
      const detail = error.detail ?? error.code;
      await this.silence(lease, grant, { isUnreachable: false, hasAnswered: false, isServerError: false, detail });
    }
  }

  /** The client of the provider of this grant, or null if another provider is configured now. */
  private async clientFor({ issuer, clientId }: ProviderGrant): Promise<ProviderClient | null> {
    const client = await this.provider.client();
    return client.issuer === issuer && client.clientId === clientId ? client : null;
  }

  private async handleAnswer(lease: Lease, grant: ProviderGrant, asked: Asked, answer: RefreshAnswer): Promise<void> {
    if (answer.kind === 'SILENT') return this.silence(lease, grant, answer);
    this.backoff.noteAnswer();
    if (answer.kind === 'CLIENT_REJECTED') return this.outcomes.failed(lease, grant, REJECTED);
    if (answer.kind === 'REFUSED') return this.outcomes.ended(lease, 'REFRESH_REJECTED');
    if (answer.kind === 'UNCLEAR') return this.outcomes.unclear(lease, grant, answer.detail, grant.isForeign);
    await this.storeTokens(lease, grant, asked, answer.tokens);
  }

  private async storeTokens(lease: Lease, grant: ProviderGrant, { client, before }: Asked, tokens: Tokens) {
    const { refreshToken } = tokens;
    if (refreshToken !== null && !(await this.outcomes.keepRefreshToken(lease, refreshToken))) return;
    await this.outcomes.renewed(lease, grant, await client.verifyRefreshed(tokens, before.idToken, grant.isForeign));
  }

  private async silence(lease: Lease, grant: ProviderGrant, silence: Omit<Silence, 'kind'>): Promise<void> {
    const { isUnreachable, hasAnswered, isServerError, detail } = silence;
    this.logger.warn({ userId: lease.userId, detail }, 'A grant could not be refreshed.');
    this.backoff.noteSilence(lease.userId, isUnreachable, this.clock.now());
    await this.outcomes.failed(lease, grant, { failure: 'UNAVAILABLE', hasAnswered, isServerError });
  }
}
