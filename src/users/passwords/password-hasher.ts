import { Injectable } from '@nestjs/common';
import { addressBlock, addressNetwork } from '../../common/network/address-block.js';
import { SecretText } from '../../common/crypto/secret-text.js';
import { FairQueue, QueueSource } from '../../throttling/index.js';
import { loadArgon2 } from './argon2.js';

const LIMITS = { atOnce: 2, waitingEach: 4, waiting: 50 };

/**
 * Hashes passwords with argon2id (RFC 9106; 19 MiB, two passes). At most two run at once, because each takes a core for
 * some ten milliseconds. The others wait in a short queue, in which address blocks take turns: each has four places, and a
 * network gets only the places that others leave free. Beyond that they are refused.
 */
@Injectable()
export class PasswordHasher {
  private readonly queue = new FairQueue(LIMITS);
  private dummy?: Promise<string>;

  /**
   * The hash of a new password.
   *
   * @param address the client address; null if it is not known
   * @throws {RateLimited} if too many wait
   */
  async hash(password: SecretText, address: string | null): Promise<string> {
    return this.queue.run(sourceOf(address), () => loadArgon2().hash(password.reveal()));
  }

  /**
   * Whether the password fits the hash. Without a hash a dummy is verified and the answer is no, so an unknown name takes
   * as long as a wrong password.
   *
   * @param address the client address; null if it is not known
   * @throws {RateLimited} if too many wait
   */
  async fits(password: SecretText, hashed: string | null, address: string | null): Promise<boolean> {
    const against = hashed ?? (await (this.dummy ??= loadArgon2().hash('nobody has this password')));
    const fits = await this.queue.run(sourceOf(address), () => loadArgon2().verify(against, password.reveal()));
    return fits && hashed !== null;
  }
}

function sourceOf(address: string | null): QueueSource {
  return { source: addressBlock(address), crowd: addressNetwork(address) };
}
