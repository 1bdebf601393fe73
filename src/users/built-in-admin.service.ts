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
import { endFirstStart } from '../config/first-start.js';
import { writeOnce } from '../config/write-once.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { BUILT_IN_ADMIN_ID, BUILT_IN_ADMIN_NAME, User } from './user.entity.js';

/** Creates the account `admin` at the first start. Several processes may start at once, and one may die at any step. */
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
    if (await this.users.existsBy({ id: BUILT_IN_ADMIN_ID })) this.adviseOnPassword();
    else await this.create();
    await endFirstStart(this.environment);
  }

  private async create(): Promise<void> {
    const { password, hasNewFile } = await this.firstPassword();
    const isCreated = await this.insert(await this.hasher.hash(password, null));
    if (isCreated && !this.environment.adminPassword) {
      this.logger.log(`The password of the built-in administrator "admin" is in ${this.passwordFile}.`);
    }
    if (!isCreated && hasNewFile) await this.removeUselessFile(password);
  }

  private adviseOnPassword(): void {
    if (!this.environment.adminPassword) return;
    this.logger.warn(
      'ADMIN_PASSWORD has no effect: "admin" exists already. To replace the password, run mooring admin reset-password.',
    );
  }

  private get passwordFile(): string {
    return join(this.environment.dataDir, 'admin-password');
  }

  /** The file is written before the account is created: if the process dies in between, the next start uses the file. */
  private async firstPassword(): Promise<{ password: SecretText; hasNewFile: boolean }> {
    if (this.environment.adminPassword) return { password: this.environment.adminPassword, hasNewFile: false };
    const text = `${randomBase62(24)}aA1`;
    if (await writeOnce(this.passwordFile, `${text}\n`)) return { password: new SecretText(text), hasNewFile: true };
    return { password: new SecretText((await readFile(this.passwordFile, 'utf8')).trim()), hasNewFile: false };
  }

  private async insert(passwordHash: string): Promise<boolean> {
    const now = this.clock.now();
    const admin = {
      id: BUILT_IN_ADMIN_ID,
      mode: null,
      username: BUILT_IN_ADMIN_NAME,
      foldedName: BUILT_IN_ADMIN_NAME,
      nameDigest: null,
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

  /** Another replica created the account: our file is useless, unless that replica read its password from it. */
  private async removeUselessFile(password: SecretText): Promise<void> {
    const admin = await this.users.findOneByOrFail({ id: BUILT_IN_ADMIN_ID });
    if (!(await this.hasher.fits(password, admin.passwordHash, null))) await rm(this.passwordFile, { force: true });
  }
}
