import { sha256 } from '../common/crypto/random-text.js';
import { addressBlock } from '../common/network/address-block.js';
import { newId } from '../common/persistence/ids.js';
import type { AuditAction } from './actions/index.js';
import { AuditActor, AuditOutcome } from './audit-event.js';

/** How many rows one process begins in a minute; what comes after them is counted without users. */
const MOST_A_MINUTE = 1_000;
/** How many of them for one user: who has very many addresses could otherwise use up all rows, and hide others in `others`. */
const MOST_OF_A_USER = 50;
/** In place of the address, in the rows that count everything above that. */
const OTHERS = 'others';
const MINUTE_MS = 60_000;

/** Something that succeeds very often, such as a login of a registry client. */
export interface FrequentSuccess {
  readonly action: AuditAction;
  readonly actor: AuditActor;
  readonly user: { readonly id: string; readonly username: string };
  readonly remoteAddress: string | null;
}

/** The row that counts successes, and how many are to be added to it. */
export interface CountedSuccess {
  readonly id: string;
  readonly sumKey: string;
  readonly at: Date;
  readonly action: string;
  readonly actor: AuditActor | null;
  readonly user: FrequentSuccess['user'] | null;
  readonly remoteAddress: string | null;
  readonly outcome: AuditOutcome;
  count: number;
}

/** Counts successes in memory, by action, actor, user, address block and minute, in a bounded number of rows. */
export class SuccessSums {
  private minute = 0;
  /** The keys of the rows of this minute, stored or not: a row that was taken is not begun again. */
  private readonly begun = new Set<string>();
  private readonly ofUsers = new Map<string, number>();
  /** The blocks of addresses of this minute: to find one takes longer than all the rest. */
  private readonly blocks = new Map<string, string>();
  private rows = new Map<string, CountedSuccess>();

  /** Counts one. It is on the path of every verification: no hash and no statement. */
  note(success: FrequentSuccess, now: Date): void {
    const minute = Math.floor(now.getTime() / MINUTE_MS);
    if (minute !== this.minute) this.beginMinute(minute);
    const block = success.remoteAddress === null ? null : this.blockOf(success.remoteAddress);
    const { action, actor, user } = success;
    const own = `${minute}\n${action}\n${actor.id}\n${user.id}`;
    const known = this.rows.get(`${own}\n${block}`);
    if (known) known.count++;
    else this.begin(success, block, own, now);
  }

  /** What was counted since the last call. */
  take(): CountedSuccess[] {
    const rows = new Map<string, CountedSuccess>();
    for (const row of this.rows.values()) {
      const same = rows.get(row.sumKey);
      if (same) same.count += row.count;
      else rows.set(row.sumKey, row);
    }
    this.rows = new Map();
    // In one order at all replicas: otherwise two statements could wait for each other's rows.
    return [...rows.values()].sort(
      (one, other) => Number(one.sumKey > other.sumKey) - Number(one.sumKey < other.sumKey),
    );
  }

  private beginMinute(minute: number): void {
    this.minute = minute;
    this.begun.clear();
    this.ofUsers.clear();
    this.blocks.clear();
  }

  private blockOf(address: string): string {
    const known = this.blocks.get(address);
    if (known !== undefined) return known;
    const block = addressBlock(address);
    if (this.blocks.size < MOST_A_MINUTE) this.blocks.set(address, block);
    return block;
  }

  private begin({ action, actor, user }: FrequentSuccess, block: string | null, own: string, now: Date): void {
    const [ofBlock, ofOthers] = [`${own}\n${block}`, `${own}\n${OTHERS}`];
    const row = { action, actor, user, alike: [actor.kind, actor.id, user.id], now };
    if (this.hasRoom(ofBlock, user.id)) this.add(ofBlock, { ...row, block });
    else if (this.hasRoom(ofOthers)) this.add(ofOthers, { ...row, block: OTHERS });
    else this.add(`${this.minute}\n${action}`, { ...row, block: OTHERS, actor: null, user: null, alike: [] });
  }

  /** @param userId whose rows are bounded; none for the one row of a user that counts everything above that */
  private hasRoom(key: string, userId?: string): boolean {
    if (this.begun.has(key)) return true;
    const count = userId === undefined ? 0 : (this.ofUsers.get(userId) ?? 0);
    if (this.begun.size >= MOST_A_MINUTE || count >= MOST_OF_A_USER) return false;
    if (userId !== undefined) this.ofUsers.set(userId, count + 1);
    this.begun.add(key);
    return true;
  }

  private add(key: string, { action, actor, user, block, alike, now }: NewRow): void {
    const known = this.rows.get(key);
    if (known) return void known.count++;
    const sumKey = sha256(JSON.stringify(['succeeded', action, ...alike, block, this.minute]));
    const outcome = AuditOutcome.SUCCEEDED;
    this.rows.set(key, { id: newId(), sumKey, at: now, action, count: 1, actor, user, remoteAddress: block, outcome });
  }
}

interface NewRow {
  readonly action: AuditAction;
  readonly actor: AuditActor | null;
  readonly user: FrequentSuccess['user'] | null;
  readonly block: string | null;
  /** What the rows of one user have in common; nothing for the row of all others. */
  readonly alike: readonly unknown[];
  readonly now: Date;
}
