import { sha256 } from '../common/crypto/random-text.js';
import { addressBlock } from '../common/network/address-block.js';
import { newId } from '../common/persistence/ids.js';
import type { AuditAction } from './actions/index.js';
import { AuditActor, AuditOutcome } from './audit-event.js';

/** How many rows one process begins in a minute; what comes after them is counted without users. */
const MOST_A_MINUTE = 1_000;
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
  private begun = 0;
  private rows = new Map<string, CountedSuccess>();

  /** Counts one. It is on the path of every verification: no hash and no statement. */
  note(success: FrequentSuccess, now: Date): void {
    const { action, actor, user, remoteAddress } = success;
    const minute = Math.floor(now.getTime() / MINUTE_MS);
    if (minute !== this.minute) [this.minute, this.begun] = [minute, 0];
    const known = this.rows.get(`${minute}\n${action}\n${actor.id}\n${user.id}\n${remoteAddress}`);
    if (known) known.count++;
    else this.begin(success, minute, now);
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

  private begin({ action, actor, user, remoteAddress }: FrequentSuccess, minute: number, now: Date): void {
    const isOthers = this.begun >= MOST_A_MINUTE;
    const key = isOthers ? `${minute}\n${action}` : `${minute}\n${action}\n${actor.id}\n${user.id}\n${remoteAddress}`;
    const known = this.rows.get(key);
    if (known) return void known.count++;
    if (!isOthers) this.begun++;
    const block = isOthers ? OTHERS : remoteAddress && addressBlock(remoteAddress);
    const alike = ['succeeded', action, ...(isOthers ? [] : [actor.kind, actor.id, user.id]), block, minute];
    this.rows.set(key, {
      ...{ id: newId(), sumKey: sha256(JSON.stringify(alike)), at: now, action, count: 1 },
      ...{ actor: isOthers ? null : actor, user: isOthers ? null : user, remoteAddress: block },
      outcome: AuditOutcome.SUCCEEDED,
    });
  }
}
