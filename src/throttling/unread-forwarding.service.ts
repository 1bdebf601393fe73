import { Injectable, Logger } from '@nestjs/common';
import { addressBlock, addressNetwork } from '../common/network/address-block.js';
import { AddressClass, addressClass } from '../common/network/address-class.js';
import { RecentKeys } from './recent-keys.js';

/** How many addresses that sent such a header are remembered. */
const MOST_SENDERS = 1000;

/** How many public networks are warned about: the first may be a stranger's, and a proxy may be a public one. */
const MOST_PUBLIC_NETWORKS = 3;

/** The headers in which proxies name the client, as a request had them. */
export interface ForwardingHeaders {
  readonly 'x-forwarded-for'?: string | readonly string[];
  readonly forwarded?: string | readonly string[];
}

/**
 * Knows the addresses that sent a header with the client's address that is not read. Usually they are proxies which
 * `TRUST_PROXY` does not cover: all their clients then count as one address. But anybody can send such a header, so nothing
 * is decided by it, its value is neither kept nor logged, and each class of local addresses is warned about once, and a few
 * public networks.
 */
@Injectable()
export class UnreadForwarding {
  private readonly logger = new Logger(UnreadForwarding.name);
  private readonly warned = new Set<string>();
  private publicNetworks = 0;
  private readonly senders = new RecentKeys<true>(MOST_SENDERS);

  /**
   * Notes a request.
   *
   * @param address the address that the request counts for
   * @param hops the addresses that are trusted, and the first that is not; the peer first
   */
  note(address: string | null, headers: ForwardingHeaders, hops: readonly string[] = []): void {
    const header = isGiven(headers['x-forwarded-for']) ? 'X-Forwarded-For' : 'Forwarded';
    const isRead = header === 'X-Forwarded-For' && hops.length > 1;
    if (address === null || isRead || (header === 'Forwarded' && !isGiven(headers.forwarded))) return;
    this.senders.set(addressBlock(address), true);
    this.warn(address, header);
  }

  /** Whether this address block sent such a header lately. */
  isFrom(block: string): boolean {
    return this.senders.get(block) === true;
  }

  private warn(address: string, header: 'X-Forwarded-For' | 'Forwarded'): void {
    const kind = addressClass(address);
    if (!this.isFirst(address, kind)) return;
    const block = addressBlock(address);
    const network = kind === 'public' ? block : kind;
    const cause = header === 'Forwarded' ? 'is never read' : 'is not read: TRUST_PROXY does not cover this address';
    const remedy = `add its address or network to TRUST_PROXY (${network} covers it)`;
    const sending = header === 'Forwarded' ? ', and let it send X-Forwarded-For' : '';
    this.logger.warn(
      { peer: block, peerClass: kind, header },
      `A request had the header ${header}, which ${cause}. If the sender is your proxy, ${remedy}${sending}: until then all its clients count as one address for throttling and in the audit log. If it is not, ignoring the header is right. Not logged again for ${kind === 'public' ? 'this network' : `${kind} addresses`}.`,
    );
  }

  private isFirst(address: string, kind: AddressClass): boolean {
    const network = kind === 'public' ? addressNetwork(address) : kind;
    if (this.warned.has(network)) return false;
    if (kind === 'public' && ++this.publicNetworks > MOST_PUBLIC_NETWORKS) return false;
    this.warned.add(network);
    return true;
  }
}

/** An empty list of addresses says nothing. */
function isGiven(header: string | readonly string[] | undefined): boolean {
  return header !== undefined && /[^ ,]/.test(String(header));
}
