import { addressBlock, addressNetwork } from '../common/network/address-block.js';
import { sha256 } from '../common/crypto/random-text.js';
import { AuditActorKind, AuditEntry } from './audit-event.js';

/** So many sums of strangers one process begins in a minute: 100 rows are some 40 KB with their indices. */
const MOST_A_MINUTE = 100;
/** So many of them for the blocks of one network, and as many for it as a whole: who has one could otherwise use all of them up, and do in `others` what counts. */
const MOST_OF_A_NETWORK = 20;
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
  /** Whether it is of many address blocks, for which there was no room apart. */
  readonly isOfMany: boolean;
}

/**
 * Decides what is summed up with what: by action, address block and minute, and so on. A process begins a bounded number
 * of sums for strangers in a minute, and of those a part for one network; what comes then is counted in one more of the
 * network and, where there is no room for that either, in one of all others for each action and outcome.
 */
export class Sums {
  private minute = 0;
  private readonly begun = new Set<string>();
  private readonly ofNetworks = new Map<string, number>();

  /** The sum that an entry belongs to; null for what a known person did, which has a row of its own. */
  of(entry: AuditEntry, now: Date): Sum | null {
    if (entry.actor.kind !== AuditActorKind.ANONYMOUS && !SUMMED.has(entry.action)) return null;
    const minute = Math.floor(now.getTime() / 60_000);
    const own = sumOf(ofBlock(entry), minute);
    if (entry.action === OUR_OWN) return own;
    this.begin(minute);
    const network = addressNetwork(entry.remoteAddress);
    if (this.hasRoom(own, network)) return own;
    const ofMany = sumOf(ofNetwork(entry), minute);
    return { ...(this.hasRoom(ofMany, `all of ${network}`) ? ofMany : sumOf(ofOthers(entry), minute)), isOfMany: true };
  }

  private begin(minute: number): void {
    if (minute === this.minute) return;
    this.minute = minute;
    this.begun.clear();
    this.ofNetworks.clear();
  }

  private hasRoom({ key }: Sum, network: string): boolean {
    if (this.begun.has(key)) return true;
    const count = this.ofNetworks.get(network) ?? 0;
    if (this.begun.size >= MOST_A_MINUTE || count >= MOST_OF_A_NETWORK) return false;
    this.ofNetworks.set(network, count + 1);
    this.begun.add(key);
    return true;
  }
}

function sumOf(entry: AuditEntry, minute: number): Sum {
  const { action, actor, outcome, reason, remoteAddress, target } = entry;
  const alike = [action, actor.kind, actor.id, outcome, reason, remoteAddress, target?.id ?? null, minute];
  return { key: sha256(JSON.stringify(alike)), entry, isOfMany: false };
}

function ofBlock(entry: AuditEntry): AuditEntry {
  // A client that has gone away has no address any more.
  return { ...entry, remoteAddress: entry.remoteAddress ? addressBlock(entry.remoteAddress) : null };
}

function ofNetwork(entry: AuditEntry): AuditEntry {
  const network = entry.remoteAddress ? addressNetwork(entry.remoteAddress) : null;
  return { ...entry, remoteAddress: network, target: null, requestId: null };
}

function ofOthers(entry: AuditEntry): AuditEntry {
  return { ...entry, reason: null, remoteAddress: OTHERS, target: null, requestId: null };
}
