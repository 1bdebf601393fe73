import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { changedARow, isDuplicate } from '../common/persistence/conditional-write.js';
import { databaseMilliseconds } from '../common/persistence/database-clock.js';
import { newId } from '../common/persistence/ids.js';
import { RELAXED_DURABILITY } from '../common/persistence/relaxed-durability.js';
import { RefreshSlot } from './refresh-slot.entity.js';

/** How many refreshes run at once over all replicas when the provider answers again. */
export const REFRESH_SLOTS = 20;
/** Slots that another process takes first are worth another try, but not many. */
const MOST_TRIES = 3;

/** A place that a process holds. */
export interface HeldSlot {
  readonly slot: number;
  readonly owner: string;
}

/** The places for refreshes that run at once over all replicas; the only writer of their table. */
@Injectable()
export class RefreshSlots {
  private ready?: Promise<void>;

  constructor(@InjectRepository(RefreshSlot) private readonly slots: Repository<RefreshSlot>) {}

  /**
   * Takes a free slot; null if there is none.
   *
   * @param forMs when it is free again if it is not released, such as after the end of the process; in milliseconds
   */
  async take(forMs: number): Promise<HeldSlot | null> {
    await this.ensure();
    for (const slot of (await this.free()).slice(0, MOST_TRIES)) {
      const held = { slot, owner: newId() };
      if (await this.hold(held, forMs)) return held;
    }
    return null;
  }

  /** Gives a slot back, unless it has expired and another process holds it. */
  async release({ slot, owner }: HeldSlot): Promise<void> {
    const update = this.slots.createQueryBuilder().update().set({ owner: null, heldUntil: null });
    await update.where({ slot, owner }).comment(RELAXED_DURABILITY).execute();
  }

  /** The free slots, in random order, so that processes rarely try the same one. */
  private async free(): Promise<number[]> {
    const query = this.slots.createQueryBuilder('s').where(`(s.held_until IS NULL OR s.held_until < ${this.now})`);
    const found = (await query.getMany()).map(({ slot }) => ({ slot, chance: Math.random() }));
    return found.sort((one, other) => one.chance - other.chance).map(({ slot }) => slot);
  }

  private async hold({ slot, owner }: HeldSlot, forMs: number): Promise<boolean> {
    const held = { owner, heldUntil: () => `${this.now} + ${forMs}` };
    const update = this.slots.createQueryBuilder().update().set(held).where({ slot });
    const free = update.andWhere(`(held_until IS NULL OR held_until < ${this.now})`).comment(RELAXED_DURABILITY);
    return changedARow(await free.execute());
  }

  private get now(): string {
    return databaseMilliseconds(this.slots.manager.connection);
  }

  private ensure(): Promise<void> {
    this.ready ??= this.addMissing().catch((error: unknown) => {
      this.ready = undefined;
      throw error;
    });
    return this.ready;
  }

  private async addMissing(): Promise<void> {
    const known = new Set((await this.slots.find()).map(({ slot }) => slot));
    for (let slot = 1; slot <= REFRESH_SLOTS; slot++) if (!known.has(slot)) await this.add(slot);
  }

  private async add(slot: number): Promise<void> {
    try {
      await this.slots.insert({ slot });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
}
