import { addressBlock } from '../common/address-block.js';
import { sha256 } from '../common/random-text.js';
import { AuditActorKind, AuditEntry } from './audit-event.js';

/** So many sums of strangers one process begins in a minute: 100 rows are some 40 KB with their indices. */
const MOST_A_MINUTE = 100;
/** Stands where an address would, in the sum of what came after those. */
const OTHERS = 'others';
/** What machines cause by themselves, as often as they like. */
const SUMMED = new Set(['cli_secret.verify', 'grant.refresh']);
/** It is begun by our own refreshes, a sum for each user: strangers cause none. */
const OUR_OWN = 'grant.refresh';

/** Something that is summed up, in the form in which it is kept, under a key that is the same for all of a sum. */
export interface Sum {
  readonly key: string;
  readonly entry: AuditEntry;
  readonly isOfOthers: boolean;
}

/**
 * Decides what is summed up with what: by action, address block and minute, and so on. A process begins a bounded number
 * of sums for strangers in a minute; what comes then is counted in one more for each action and outcome.
 */
export class Sums {
  private minute = 0;
  private readonly begun = new Set<string>();

  /** The sum that an entry belongs to; null for what a known person did, which has a row of its own. */
  of(entry: AuditEntry, now: Date): Sum | null {
    if (entry.actor.kind !== AuditActorKind.ANONYMOUS && !SUMMED.has(entry.action)) return null;
    const minute = Math.floor(now.getTime() / 60_000);
    const own = sumOf(ofBlock(entry), minute);
    return this.hasRoom(own, minute) ? own : { ...sumOf(ofOthers(entry), minute), isOfOthers: true };
  }

  private hasRoom({ key, entry }: Sum, minute: number): boolean {
    if (entry.action === OUR_OWN) return true;
    if (minute !== this.minute) this.begun.clear();
    this.minute = minute;
    if (!this.begun.has(key) && this.begun.size >= MOST_A_MINUTE) return false;
    this.begun.add(key);
    return true;
  }
}

function sumOf(entry: AuditEntry, minute: number): Sum {
  const { action, actor, outcome, reason, remoteAddress, target } = entry;
  const alike = [action, actor.kind, actor.id, outcome, reason, remoteAddress, target?.id ?? null, minute];
  return { key: sha256(JSON.stringify(alike)), entry, isOfOthers: false };
}

function ofBlock(entry: AuditEntry): AuditEntry {
  // A client that has gone away has no address any more.
  return { ...entry, remoteAddress: entry.remoteAddress ? addressBlock(entry.remoteAddress) : null };
}

function ofOthers(entry: AuditEntry): AuditEntry {
  return { ...entry, reason: null, remoteAddress: OTHERS, target: null, requestId: null };
}
