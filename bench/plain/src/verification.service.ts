import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Repository } from 'typeorm';
import { User } from './entities.js';
import { Verification, VerifyArgs } from './models.js';

const DIGEST_KEY = Buffer.from(process.env.DIGEST_KEY ?? '', 'base64');

/** Verifies CLI secrets. */
@Injectable()
export class VerificationService {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}

  async verify({ username, secret }: VerifyArgs): Promise<Verification> {
    const user = await this.users.findOne({
      where: { foldedName: username.normalize('NFKC').toLowerCase() },
      relations: { secret: true, grant: true },
    });
    if (!user || user.deletedAt || !user.secret?.digest) return { valid: false, status: 'MISMATCH' };
    const digest = createHmac('sha256', DIGEST_KEY)
      .update(JSON.stringify([user.id, secret]))
      .digest();
    if (!timingSafeEqual(digest, Buffer.from(user.secret.digest, 'base64url')))
      return { valid: false, status: 'MISMATCH' };
    if (user.isDisabled) return { valid: false, status: 'USER_DISABLED' };
    const { grant } = user;
    if (!grant || grant.endReason || grant.expiresAt <= new Date())
      return { valid: false, status: 'REAUTHENTICATION_REQUIRED' };
    const groups = JSON.parse(grant.groupNames ?? '[]') as string[];
    return { valid: true, status: 'VALID', principal: { username: user.username, groups } };
  }
}
