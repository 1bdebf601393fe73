import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { addressBlock, addressNetwork } from '../../common/network/address-block.js';
import { SecretText } from '../../common/crypto/secret-text.js';
import { FairQueue, QueueSource } from '../../throttling/fair-queue.js';

const LIMITS = { atOnce: 2, waitingEach: 4, waiting: 50 };

/**
 * Hashes passwords with argon2id (RFC 9106; 19 MiB, two passes). At most two at once, for each takes a core for some
 * ten milliseconds; a short queue waits, in which each address block has four places and its turn, and a network no more
 * than others leave; whatever comes beyond it is refused.
 */
@Injectable()
export class PasswordHasher {
  private readonly queue = new FairQueue(LIMITS);
  private dummy?: Promise<string>;

  /**
   * The hash of a new password.
   *
   * @param address where it comes from
   * @throws {RateLimited} where too many wait
   */
  async hash(password: SecretText, address: string | null): Promise<string> {
    return this.queue.run(sourceOf(address), () => hash(password.reveal()));
  }

  /**
   * Whether the password fits the hash. Without a hash the work is done all the same, and the answer is no: an unknown
   * name takes as long as a wrong password.
   *
   * @param address where it comes from
   * @throws {RateLimited} where too many wait
   */
  async fits(password: SecretText, hashed: string | null, address: string | null): Promise<boolean> {
    const against = hashed ?? (await (this.dummy ??= hash('nobody has this password')));
    const fits = await this.queue.run(sourceOf(address), () => verify(against, password.reveal()));
    return fits && hashed !== null;
  }
}

function sourceOf(address: string | null): QueueSource {
  return { source: addressBlock(address), crowd: addressNetwork(address) };
}
