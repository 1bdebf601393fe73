import { BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { CurrentProvider } from '../index.js';
import { ProviderSilence, SilenceListener } from './provider-silence.service.js';
import { CANARY_PATIENCE_MS } from './refresh-attempt.service.js';
import { RefreshCoordinator } from './refresh-coordinator.service.js';

const ROUND_MS = 2_000;
/** How many grants are refreshed at once when the provider answers again. */
const MOST_AT_ONCE = 20;

/**
 * Finds out when a silent provider answers again: while users wait, one request every two seconds. Prefers a grant whose
 * refresh token did not leave since the silence began; else, and while the provider takes requests and does not answer them,
 * the key set, whose answer lets one grant through. A refresh token that was sent and not answered is never sent here.
 */
@Injectable()
export class RecoveryCanary implements SilenceListener, BeforeApplicationShutdown {
  private readonly logger = new Logger(RecoveryCanary.name);
  private readonly queue: string[] = [];
  private timer?: NodeJS.Timeout;
  private isAsking = false;
  private workers = 0;
  private isEnding = false;

  constructor(
    private readonly silence: ProviderSilence,
    private readonly refreshes: RefreshCoordinator,
    private readonly provider: CurrentProvider,
  ) {
    silence.listen(this);
  }

  waits(): void {
    if (this.isEnding) return;
    this.timer ??= setInterval(() => void this.ask(), ROUND_MS).unref();
  }

  letThrough(userIds: readonly string[]): void {
    if (this.isEnding) return;
    this.queue.push(...userIds);
    while (this.workers < MOST_AT_ONCE && this.queue.length > 0) void this.work();
  }

  /** One round: asks the provider for one waiting user, unless the last round is still under way. */
  async ask(): Promise<void> {
    if (!this.silence.isAnybodyWaiting()) return this.stop();
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      await this.askOnce();
    } catch (error) {
      this.logger.warn({ error: (error as Error).message }, 'The provider could not be asked whether it is back.');
    } finally {
      this.isAsking = false;
    }
  }

  /** Stops asking. */
  beforeApplicationShutdown(): void {
    this.isEnding = true;
    this.queue.length = 0;
    this.stop();
  }

  private async askOnce(): Promise<void> {
    const unasked = this.silence.isHanging() ? undefined : this.silence.nextUnasked();
    if (unasked !== undefined) {
      this.provider.forgetFailure();
      return this.refresh(unasked);
    }
    if (this.silence.nextSafe() === undefined) return;
    const isBack = await inTime(this.provider.answers(CANARY_PATIENCE_MS));
    const next = isBack ? this.silence.nextSafe() : undefined;
    if (next !== undefined) await this.refresh(next);
  }

  private async refresh(userId: string): Promise<void> {
    this.silence.noteCanary(userId);
    const isOver = await inTime(this.refreshes.refreshAsCanary(userId).then(() => true));
    if (!isOver) this.silence.noteLostCanary(userId);
  }

  private async work(): Promise<void> {
    this.workers++;
    for (let userId = this.queue.shift(); userId !== undefined; userId = this.queue.shift()) {
      await this.refreshes.refreshWaiting(userId).catch((error: Error) => {
        this.logger.warn({ error: error.message }, 'A grant that waited could not be refreshed.');
      });
    }
    if (--this.workers === 0) this.silence.dropPasses();
  }

  private stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

/** The answer; false if it takes longer than a canary is waited for. */
async function inTime(answer: Promise<boolean>): Promise<boolean> {
  const stop = new AbortController();
  const tooLong = sleep(CANARY_PATIENCE_MS, false, { signal: stop.signal, ref: false });
  void answer.catch(() => undefined);
  return Promise.race([answer, tooLong.catch(() => false)]).finally(() => stop.abort());
}
