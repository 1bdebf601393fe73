import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { isDuplicate } from '../common/persistence/conditional-write.js';
import { sha256 } from '../common/crypto/random-text.js';
import { SingleUse } from './single-use.entity.js';

/** The kinds of values that may be used once. */
export type SingleUsePurpose = 'login-attempt' | 'logout-token' | 'consent-round' | 'logout-form';

const MARK_SECONDS = 60;

/** Consumes values that may be used once; of two concurrent uses one is refused, on any replica. */
@Injectable()
export class SingleUseService {
  constructor(
    @InjectRepository(SingleUse) private readonly rows: Repository<SingleUse>,
    private readonly clock: Clock,
  ) {}

  /**
   * Consumes a value.
   *
   * @param expiresAt when the value is refused for its age anyway, so that its row can be deleted
   * @returns false if it was used before
   */
  async use(purpose: SingleUsePurpose, value: string, expiresAt: Date): Promise<boolean> {
    try {
      await this.rows.insert({ purpose, hash: sha256(value), expiresAt });
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
    await this.rows.delete({ expiresAt: LessThan(this.clock.now()) });
    return true;
  }

  /** Writes a row without meaning, which expires: to check whether the database takes writes. */
  async mark(purpose: 'readiness', value: string): Promise<void> {
    const expiresAt = this.clock.secondsFromNow(MARK_SECONDS);
    await this.rows.upsert({ purpose, hash: sha256(value), expiresAt }, ['purpose', 'hash']);
  }
}
