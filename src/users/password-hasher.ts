import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { RateLimited } from '../common/common.errors.js';
import { SecretText } from '../common/secret-text.js';

const AT_ONCE = 2;
const LONGEST_QUEUE = 50;
const RETRY_AFTER_SECONDS = 1;

/**
 * Hashes passwords with argon2id (RFC 9106; 19 MiB, two passes). At most two at once, for each takes a core for some
 * ten milliseconds; a short queue waits, and whatever comes beyond it is refused.
 */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private dummy?: Promise<string>;

  /** @throws {RateLimited} where the queue is full */
  async hash(password: SecretText): Promise<string> {
    return this.inTurn(() => hash(password.reveal()));
  }

  /**
   * Whether the password fits the hash. Without a hash the work is done all the same, and the answer is no: an unknown
   * name takes as long as a wrong password.
   *
   * @throws {RateLimited} where the queue is full
   */
  async fits(password: SecretText, hashed: string | null): Promise<boolean> {
    const against = hashed ?? (await (this.dummy ??= this.hash(new SecretText('nobody has this password'))));
    const fits = await this.inTurn(() => verify(against, password.reveal()));
    return fits && hashed !== null;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting.length >= LONGEST_QUEUE) throw new RateLimited(RETRY_AFTER_SECONDS);
    if (this.running >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running++;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // The place goes straight to the next in line, so that nobody who comes meanwhile can slip in.
      if (next) next();
      else this.running--;
    }
  }
}
