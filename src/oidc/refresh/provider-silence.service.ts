import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/runtime/clock.js';
import type { ProviderGrant } from '../../grants/index.js';
import { ProviderBackoff } from './provider-backoff.js';
import { Fate, WaitingUsers } from './waiting-users.js';

/** How long after a silence many refreshes are expected at once, in milliseconds. */
const RUSH_MS = 30_000;
/** So many canaries in a row may be lost before the pauses between them grow. */
const MOST_LOST = 10;
const ROUND_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

/** What is done while users wait for a silent provider. */
export interface SilenceListener {
  /** A user waits. */
  waits(): void;
  /** The provider has answered, and these users may be refreshed once, whatever pause was stored for them. */
  letThrough(userIds: readonly string[]): void;
}

/**
 * What this process knows of a provider that does not answer: whether it may be asked, who waits for it, and what became of
 * their requests. Any answer ends the silence.
 */
@Injectable()
export class ProviderSilence {
  private readonly backoff = new ProviderBackoff();
  private readonly waiting = new WaitingUsers();
  /** Users for whom the stored pause counts no longer, once. */
  private readonly passes = new Set<string>();
  private rushUntil = 0;
  /** How many requests were sent and not answered, canaries only, since the provider last answered. */
  private lostCanaries = 0;
  private lastCanary = 0;
  private hangs = false;
  private listener?: SilenceListener;

  constructor(private readonly clock: Clock) {}

  /** Tells one listener of this silence, in place of another. */
  listen(listener: SilenceListener): void {
    this.listener = listener;
  }

  /** Whether grants may be refreshed now. */
  mayAsk(): boolean {
    return this.backoff.isOver(this.clock.now());
  }

  /** Whether the provider is silent for everybody. */
  isSilent(): boolean {
    return this.backoff.isSilent;
  }

  /** Whether the provider is silent for everybody, or was until just now: then refreshes are limited over all replicas. */
  isRush(): boolean {
    const leftMs = this.rushUntil - this.clock.now().getTime();
    return this.backoff.isSilent || this.passes.size > 0 || (leftMs > 0 && leftMs <= RUSH_MS);
  }

  /** Notes that the provider answered about a grant, whatever the answer. Everybody else who waits may be refreshed once. */
  noteAnswer(userId: string): void {
    const now = this.clock.now();
    // One grant that fails while others are refreshed is no silence of the provider.
    const isEnd = this.backoff.isSilent || this.waiting.has(userId);
    if (this.backoff.isSilent) this.rushUntil = now.getTime() + RUSH_MS;
    this.backoff.noteAnswer();
    this.waiting.forget(userId);
    this.passes.delete(userId);
    this.hangs = false;
    this.lostCanaries = 0;
    if (isEnd) this.letThrough(this.waiting.letThrough(now));
  }

  /** Notes that the provider did not answer for a grant. One that it answers unclearly keeps its own pauses. */
  noteSilence(grant: ProviderGrant, isUnreachable: boolean, fate: Fate): void {
    const now = this.clock.now();
    this.backoff.noteSilence(grant.userId, isUnreachable, now);
    if (grant.unclearFromMs === null) this.waiting.noteFailure(grant.userId, fate, now);
    if (fate === 'LOST') this.hangs = true;
  }

  /** Notes that this failure is stored, with the pause after it. */
  noteStored({ userId, version }: ProviderGrant, fate: Fate, retryAt: Date): void {
    if (this.waiting.has(userId)) this.waiting.noteFate(userId, fate, { version, retryAt });
  }

  /** Notes that a grant, as it is stored now, was not refreshed because the provider is silent. */
  noteNotAsked(grant: ProviderGrant): void {
    if (isPausedBySilence(grant)) this.waiting.noteFate(grant.userId, this.fateOf(grant), grant);
  }

  /** Notes that a user was in use, and waits if the provider's silence is the reason. */
  noteUse(userId: string): void {
    if (!this.waiting.has(userId)) return;
    this.waiting.noteUse(userId, this.clock.now());
    this.listener?.waits();
  }

  /** Whether the refresh token of a waiting grant, as it is stored now, may be sent before its pause is over. */
  maySend(grant: ProviderGrant): boolean {
    return isPausedBySilence(grant) && this.fateOf(grant) !== 'LOST';
  }

  /** Whether the stored pause of a user counts no longer; true once after each silence. */
  takePass(userId: string): boolean {
    return this.passes.delete(userId);
  }

  /** Ends all passes that were not taken. */
  dropPasses(): void {
    this.passes.clear();
  }

  /** Whether anybody waits. */
  isAnybodyWaiting(): boolean {
    return this.waiting.isAnybody(this.clock.now());
  }

  /** Whether the provider took requests since it last answered, and did not answer them. */
  isHanging(): boolean {
    return this.hangs;
  }

  /** A waiting user whose refresh token did not leave since the silence began. */
  nextUnasked(): string | undefined {
    return this.waiting.next(this.clock.now(), ['UNASKED', 'NOT_SENT']);
  }

  /** A waiting user whose refresh token may be sent again; undefined also while too many in a row were lost. */
  nextSafe(): string | undefined {
    const now = this.clock.now();
    const pauseMs = Math.min(LONGEST_PAUSE_MS, ROUND_MS * 2 ** Math.max(0, this.lostCanaries - MOST_LOST + 1));
    const isPaused = this.lostCanaries >= MOST_LOST && Math.abs(now.getTime() - this.lastCanary) < pauseMs;
    return isPaused ? undefined : this.waiting.next(now);
  }

  /** Notes that a waiting user is the canary. */
  noteCanary(userId: string): void {
    const now = this.clock.now();
    this.lastCanary = now.getTime();
    this.waiting.noteTry(userId, now);
  }

  /** Notes that a waiting user needs no refresh any more. */
  noteNeedless(userId: string): void {
    this.waiting.forget(userId);
    this.passes.delete(userId);
  }

  /** Notes that the request of a canary is not answered in time. */
  noteLostCanary(userId: string): void {
    if (this.waiting.has(userId)) this.waiting.noteFailure(userId, 'LOST', this.clock.now());
    this.hangs = true;
    this.lostCanaries++;
  }

  private letThrough(userIds: readonly string[]): void {
    for (const userId of userIds) this.passes.add(userId);
    if (userIds.length > 0) this.listener?.letThrough(userIds);
  }

  private fateOf(grant: ProviderGrant): Fate {
    if (grant.retryAt === null) return 'UNASKED';
    // Another replica may have sent the token: only an answer, of whatever kind, is a sign that it can be sent again.
    return this.waiting.fateOf(grant.userId, grant) ?? (grant.errorAnswers > 0 ? 'ANSWERED' : 'LOST');
  }
}

function isPausedBySilence({ failure, unclearFromMs }: ProviderGrant): boolean {
  return failure !== 'CLIENT_REJECTED' && unclearFromMs === null;
}
