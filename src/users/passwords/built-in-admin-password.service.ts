import { Injectable, Module } from '@nestjs/common';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { randomBase62 } from '../../common/crypto/random-text.js';
import { SecretText } from '../../common/crypto/secret-text.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { changedARow } from '../../common/persistence/conditional-write.js';
import { Clock } from '../../common/runtime/clock.js';
import { newStamp } from '../security-stamp.js';
import { BUILT_IN_ADMIN_ID, User } from '../user.entity.js';
import { PasswordHasher } from './password-hasher.js';
import { demandStrength } from './password-strength.js';

const RANDOM_CHARACTERS = 24;

/** A new random password that meets the rules for secrets. */
export function randomPassword(): SecretText {
  return new SecretText(`${randomBase62(RANDOM_CHARACTERS)}aA1`);
}

/** Replaces the password of the built-in administrator for an operator, who need not know the old one. */
@Injectable()
export class BuiltInAdminPassword {
  constructor(
    @InjectRepository(User) private readonly rows: Repository<User>,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /**
   * Sets the password and ends all sessions of the built-in administrator.
   *
   * @throws {BadUserInput} if the password is too weak
   * @throws {NotFound} if no server has created the account yet
   */
  async replace(next: SecretText): Promise<void> {
    demandStrength(next, 'password');
    const passwordHash = await this.hasher.hash(next, null);
    const change = { passwordHash, ...newStamp(this.clock.now()) };
    if (!changedARow(await this.rows.update({ id: BUILT_IN_ADMIN_ID }, change))) throw new NotFound('user');
  }
}

/** The part of users that {@link BuiltInAdminPassword} needs. Unlike the whole, it creates no account when it starts. */
@Module({
  imports: [TypeOrmModule.forFeature([User])],
  providers: [PasswordHasher, BuiltInAdminPassword],
  exports: [BuiltInAdminPassword],
})
export class BuiltInAdminPasswordModule {}
