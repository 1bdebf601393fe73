import { BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { HeldSlot, RefreshSlots } from '../../provider-facts/index.js';
import { Gate } from './gate.js';
import { ProviderSilence } from './provider-silence.service.js';

/** As many connections to the provider as there are: a request that waits here was certainly not sent. */
const MOST_AT_ONCE = 128;
const MOST_IN_A_RUSH = 20;
/** How many requests of a process try a silent provider when its pause is over: the others would hang with them. */
const MOST_WHILE_SILENT = 2;
const LOOK_AGAIN_MS = 50;
/** How long a slot outlives its turn at most, if the process ends; in milliseconds. */
const SPARE_MS = 5_000;

/** Ends a turn; calling it again changes nothing. */
export type EndTurn = () => void;

/**
 * Bounds how many refreshes run at once. Usually only this process counts, and no statement is needed. While the provider is
 * silent, and when it answers again, it is twenty over all replicas.
 */
@Injectable()
export class RefreshTurns implements BeforeApplicationShutdown {
  private readonly logger = new Logger(RefreshTurns.name);
  private readonly usual = new Gate(MOST_AT_ONCE);
  private readonly rush = new Gate(MOST_IN_A_RUSH);
  private readonly whileSilent = new Gate(MOST_WHILE_SILENT);
  /** Slots are taken one after the other, so that only one request of a process looks for a free one. */
  private readonly search = new Gate(1);
  private isEnding = false;

  constructor(
    private readonly silence: ProviderSilence,
    private readonly slots: RefreshSlots,
  ) {}

  /**
   * Waits for a turn; null if the process ends.
   *
   * @param longestMs when the turn ends by itself, because a request is not answered; in milliseconds
   * @param isCanary whether the request finds out if the provider is back: others leave room for it
   */
  async take(longestMs: number, isCanary: boolean): Promise<EndTurn | null> {
    if (!this.silence.isRush()) {
      const leave = await this.usual.enter();
      if (!this.silence.isRush()) return this.endingAfter(longestMs, leave);
      leave();
    }
    if (!isCanary && this.silence.isSilent()) {
      const leave = await this.whileSilent.enter();
      if (this.silence.isSilent()) return this.takeSlot(longestMs, leave);
      leave();
    }
    return this.takeSlot(longestMs, await this.rush.enter());
  }

  /** Lets nobody in any more. */
  beforeApplicationShutdown(): void {
    this.isEnding = true;
  }

  private async takeSlot(longestMs: number, leave: () => void): Promise<EndTurn | null> {
    try {
      const slot = await this.freeSlot(longestMs + SPARE_MS);
      if (slot) return this.endingAfter(longestMs, () => void this.giveBack(slot).finally(leave));
    } catch (error) {
      leave();
      throw error;
    }
    leave();
    return null;
  }

  private async freeSlot(forMs: number): Promise<HeldSlot | null> {
    const found = await this.search.enter();
    try {
      while (!this.isEnding) {
        const slot = await this.slots.take(forMs);
        if (slot) return slot;
        await sleep(LOOK_AGAIN_MS * (0.5 + Math.random()));
      }
      return null;
    } finally {
      found();
    }
  }

  private async giveBack(slot: HeldSlot): Promise<void> {
    try {
      await this.slots.release(slot);
    } catch (error) {
      // It expires.
      this.logger.warn({ error: (error as Error).message }, 'A refresh slot could not be given back.');
    }
  }

  private endingAfter(longestMs: number, end: () => void): EndTurn {
    let hasEnded = false;
    const endOnce = () => {
      clearTimeout(timer);
      if (!hasEnded) end();
      hasEnded = true;
    };
    const timer = setTimeout(endOnce, longestMs).unref();
    return endOnce;
  }
}
