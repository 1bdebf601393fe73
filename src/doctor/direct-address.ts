import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import type { Environment } from '../config/env.js';
import { trustedPeersOf } from '../config/trusted-proxies.js';

/** The hosts at which a server listens on every address of the machine. */
const EVERYWHERE = ['0.0.0.0', '::'];
const isLoopback = trustedPeersOf(['loopback']);

/**
 * Whether PUBLIC_URL is an address of the server itself, so that nothing is in between: plain http, because the server has no
 * TLS; its port; and a host that has an address at which it listens on this machine.
 */
export async function leadsToServer({
  publicUrl,
  host,
  port,
}: Pick<Environment, 'publicUrl' | 'host' | 'port'>): Promise<boolean> {
  if (publicUrl.protocol !== 'http:' || Number(publicUrl.port || 80) !== port) return false;
  const [named, listening] = await Promise.all([addressesOf(publicUrl.hostname), addressesOf(host)]);
  const isEverywhere = listening.some((address) => EVERYWHERE.includes(address));
  const own = isEverywhere ? interfaceAddresses() : listening;
  return named.some((address) => own.includes(address) || (isEverywhere && isLoopback(address)));
}

/** The addresses of a host; none if it is not known. */
async function addressesOf(host: string): Promise<string[]> {
  const found = await lookup(host.replace(/^\[|\]$/g, ''), { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}

function interfaceAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((of = []) => of.map(({ address }) => address));
}
