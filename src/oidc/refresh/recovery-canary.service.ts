import { BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { CurrentProvider } from '../index.js';
import { ProviderSilence, SilenceListener } from './provider-silence.service.js';
import { CANARY_PATIENCE_MS } from './refresh-attempt.service.js';
import { RefreshCoordinator } from './refresh-coordinator.service.js';

const ROUND_MS = 2_000;
/** How many grants are refreshed at once when the provider answers again. */
const MOST_AT_ONCE = 20;
/** So many users who need no refresh any more are passed over in one round. */
const MOST_SKIPPED = 100;

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
  private round?: Promise<void>;
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

  /** One round: asks the provider for one waiting user. While a round is under way, the same one. */
  async ask(): Promise<void> {
    if (!this.silence.isAnybodyWaiting()) return this.stop();
    this.round ??= this.askOnce()
      .catch((error: Error) => {
        this.logger.warn({ error: error.message }, 'The provider could not be asked whether it is back.');
      })
      .finally(() => (this.round = undefined));
    return this.round;
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
      return this.refreshFirst(() => this.silence.nextUnasked());
    }
    if (this.silence.nextSafe() === undefined) return;
    const isBack = await inTime(this.provider.answers(CANARY_PATIENCE_MS));
    if (isBack) await this.refreshFirst(() => this.silence.nextSafe());
  }

  /** A user whom another replica has refreshed, or who logged in meanwhile, tells nothing: then the next one is the canary. */
  private async refreshFirst(next: () => string | undefined): Promise<void> {
    let userId = next();
    for (let tries = 0; userId !== undefined && tries < MOST_SKIPPED; tries++, userId = next()) {
      if (await this.refresh(userId)) return;
      this.silence.noteNeedless(userId);
    }
  }

  /** False if there is nothing to refresh. */
  private async refresh(userId: string): Promise<boolean> {
    this.silence.noteCanary(userId);
    const asked = this.refreshes.refreshAsCanary(userId);
    const isOver = await inTime(asked.then(() => true));
    if (isOver) return asked;
    this.silence.noteLostCanary(userId);
    return true;
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
