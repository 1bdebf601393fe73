import { Inject, Injectable, Logger, OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { isDuplicate } from '../common/persistence/conditional-write.js';
import { newId } from '../common/persistence/ids.js';
import { randomBase62 } from '../common/crypto/random-text.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { writeOnce } from '../config/write-once.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { BUILT_IN_ADMIN_ID, BUILT_IN_ADMIN_NAME, User } from './user.entity.js';

/** Makes the account `admin` at the first start; several processes may start at once, and a killed one is no harm. */
@Injectable()
export class BuiltInAdminService implements OnModuleInit {
  private readonly logger = new Logger(BuiltInAdminService.name);

  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    if (await this.users.existsBy({ id: BUILT_IN_ADMIN_ID })) return;
    const { password, madeFile } = await this.firstPassword();
    const made = await this.insert(await this.hasher.hash(password, null));
    if (made && !this.environment.adminPassword) {
      this.logger.log(`The password of the built-in administrator "admin" is in ${this.passwordFile}.`);
    }
    if (!made && madeFile) await this.removeUselessFile(password);
  }

  private get passwordFile(): string {
    return join(this.environment.dataDir, 'admin-password');
  }

  /** Written before the account is made: a process that dies in between leaves a file that the next start uses. */
  private async firstPassword(): Promise<{ password: SecretText; madeFile: boolean }> {
    if (this.environment.adminPassword) return { password: this.environment.adminPassword, madeFile: false };
    const text = `${randomBase62(24)}aA1`;
    if (await writeOnce(this.passwordFile, `${text}\n`)) return { password: new SecretText(text), madeFile: true };
    return { password: new SecretText((await readFile(this.passwordFile, 'utf8')).trim()), madeFile: false };
  }

  private async insert(passwordHash: string): Promise<boolean> {
    const now = this.clock.now();
    const admin = {
      id: BUILT_IN_ADMIN_ID,
      mode: null,
      username: BUILT_IN_ADMIN_NAME,
      foldedName: BUILT_IN_ADMIN_NAME,
      nameSkeleton: null,
      passwordHash,
      isAdmin: true,
      isDisabled: false,
      securityStamp: newId(),
      createdAt: now,
      updatedAt: now,
    };
    try {
      await this.users.insert(admin);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** Another replica made the account. Our file is of no use, unless that replica read its password from it. */
  private async removeUselessFile(password: SecretText): Promise<void> {
    const admin = await this.users.findOneByOrFail({ id: BUILT_IN_ADMIN_ID });
    if (!(await this.hasher.fits(password, admin.passwordHash, null))) await rm(this.passwordFile, { force: true });
  }
}
