import { addressBlock, addressNetwork } from '../common/network/address-block.js';
import { sha256 } from '../common/crypto/random-text.js';
import { AuditActorKind, AuditEntry } from './audit-event.js';

/** How many rows one process inserts for strangers in a minute: 100 rows take about 40 KB with their indexes. */
const MOST_A_MINUTE = 100;
/** How many of them for the address blocks of one network, and as many for the whole network: its owner could otherwise use up all rows and hide in `others`. */
const MOST_OF_A_NETWORK = 20;
/** In place of the address, in the rows that count everything above these limits. */
const OTHERS = 'others';
/** Actions that programs cause as often as they like. */
const SUMMED = new Set(['cli_secret.verify', 'grant.refresh']);
/** Caused only by Mooring's own refreshes, with a row for each user: strangers can't cause it. */
const OUR_OWN = 'grant.refresh';

/** An event that is counted in a row with others, as that row has it, and the key of the row. */
export interface Sum {
  readonly key: string;
  readonly entry: AuditEntry;
  /** Whether the row counts many address blocks, because there was no room to keep them apart. */
  readonly isOfMany: boolean;
}

/**
 * Decides which events are counted in one row: those with the same action, address block, minute, and so on. A process
 * inserts a bounded number of rows for strangers in a minute, and a part of those for one network. Further events are
 * counted in a row of the whole network and, above that limit too, in one of all others for each action and outcome.
 */
export class Sums {
  private minute = 0;
  /** The rows that this process has begun in this minute, by what their events have in common. */
  private readonly begun = new Set<string>();
  private readonly ofNetworks = new Map<string, number>();

  /** The row that counts an event; null for an action of a known user, which has a row of its own. */
  of(entry: AuditEntry, now: Date): Sum | null {
    if (entry.actor.kind !== AuditActorKind.ANONYMOUS && !SUMMED.has(entry.action)) return null;
    const minute = Math.floor(now.getTime() / 60_000);
    const own = alikeOf(ofBlock(entry), minute);
    if (entry.action === OUR_OWN) return sumOf(own, false);
    this.begin(minute);
    const network = addressNetwork(entry.remoteAddress);
    if (this.hasRoom(own, network)) return sumOf(own, false);
    const ofMany = alikeOf(ofNetwork(entry), minute);
    return sumOf(this.hasRoom(ofMany, `all of ${network}`) ? ofMany : alikeOf(ofOthers(entry), minute), true);
  }

  private begin(minute: number): void {
    if (minute === this.minute) return;
    this.minute = minute;
    this.begun.clear();
    this.ofNetworks.clear();
  }

  private hasRoom({ text }: Alike, network: string): boolean {
    if (this.begun.has(text)) return true;
    const count = this.ofNetworks.get(network) ?? 0;
    if (this.begun.size >= MOST_A_MINUTE || count >= MOST_OF_A_NETWORK) return false;
    this.ofNetworks.set(network, count + 1);
    this.begun.add(text);
    return true;
  }
}

/** What all events of a row have in common, as a text, and the event as that row has it. */
interface Alike {
  readonly text: string;
  readonly entry: AuditEntry;
}

function alikeOf(entry: AuditEntry, minute: number): Alike {
  const { action, actor, outcome, reason, remoteAddress, target, sumBy } = entry;
  const alike = [action, actor.kind, actor.id, outcome, reason, remoteAddress, target?.id ?? null, minute];
  if (sumBy !== undefined) alike.push(sumBy);
  return { text: JSON.stringify(alike), entry };
}

const sumOf = ({ text, entry }: Alike, isOfMany: boolean): Sum => ({ key: sha256(text), entry, isOfMany });

function ofBlock(entry: AuditEntry): AuditEntry {
  // The address of a client that has disconnected is unknown.
  return { ...entry, remoteAddress: entry.remoteAddress ? addressBlock(entry.remoteAddress) : null };
}

function ofNetwork(entry: AuditEntry): AuditEntry {
  const network = entry.remoteAddress ? addressNetwork(entry.remoteAddress) : null;
  return { ...entry, remoteAddress: network, target: null, sumBy: undefined, requestId: null };
}

function ofOthers(entry: AuditEntry): AuditEntry {
  const unknown = { reason: null, detail: null, target: null, sumBy: undefined, requestId: null };
  return { ...entry, ...unknown, remoteAddress: OTHERS };
}
