import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/runtime/clock.js';
import { fold } from '../../common/text/case-folding.js';
import { SecretText } from '../../common/crypto/secret-text.js';
import { Installation } from '../../settings/installation.js';
import { SettingsService } from '../../settings/settings.service.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordVerdicts } from './password-verdicts.js';
import { User } from '../user.entity.js';
import { UsersService } from '../users.service.js';

const SECONDS_OF_A_SUCCESS = 60;

/** A user name with the password that was presented for it. */
export interface PresentedPassword {
  readonly username: string;
  readonly password: SecretText;
  /** The client address; null if it is not known. */
  readonly address: string | null;
}

/**
 * Checks passwords. The same password for the same name is hashed once, even if it is presented many times: a wrong one
 * is refused without a hash for as long as it counts as wrong, and a right one is accepted for a minute. Both results are
 * bound to the security stamp. Names that do not exist are treated the same, so the response time does not reveal them.
 */
@Injectable()
export class PasswordCheck {
  private readonly verdicts = new PasswordVerdicts();
  private readonly underWay = new Map<string, Promise<boolean>>();

  constructor(
    private readonly users: UsersService,
    private readonly hasher: PasswordHasher,
    private readonly settings: SettingsService,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks a password, and brings the settings up to date after the wait.
   *
   * @param named the user with the presented name, not deleted; null if there is none
   * @returns the user as read after the check; null if the password is wrong, or if the user was deleted or disabled, or
   * the password was changed or all sessions were ended, before the check was over
   * @throws {RateLimited} if too many passwords wait to be checked
   */
  async check(named: User | null, presented: PresentedPassword): Promise<User | null> {
    // A disabled user is treated as unknown, so the response time does not tell whether the password is right.
    const user = named && !named.isDisabled && named.passwordHash !== null ? named : null;
    if (!(await this.fits(user, presented)) || !user) return null;
    const current = await this.users.unchanged(user);
    if (current) await this.settings.catchUp(current.revision);
    return current?.user ?? null;
  }

  private async fits(user: User | null, presented: PresentedPassword): Promise<boolean> {
    const digest = this.digestOf(user, presented);
    const known = this.verdicts.resultOf(digest, this.clock.now().getTime());
    if (known !== undefined) return known;
    const shared = this.underWay.get(digest);
    if (!shared) return this.hash(digest, user, presented);
    // Only results are shared: if the other check was refused a place in the queue, each waiting one asks for its own. If
    // they shared again, each refusal would wake all the others.
    return (await shared.catch(() => undefined)) ?? this.hash(digest, user, presented);
  }

  private hash(digest: string, user: User | null, { password, address }: PresentedPassword): Promise<boolean> {
    const check = this.hasher.fits(password, user?.passwordHash ?? null, address);
    const result = check
      .then((fits) => this.remember(digest, fits))
      .finally(() => {
        this.underWay.delete(digest);
      });
    this.underWay.set(digest, result);
    return result;
  }

  private remember(digest: string, fits: boolean): boolean {
    const seconds = fits ? SECONDS_OF_A_SUCCESS : this.settings.current().general.wrongSecretMinutes * 60;
    this.verdicts.remember(digest, fits, this.clock.secondsFromNow(seconds).getTime());
    return fits;
  }

  private digestOf(user: User | null, { username, password }: PresentedPassword): string {
    const name = user?.foldedName ?? fold(username);
    const texts = ['password', name, user?.securityStamp ?? '', password.reveal()];
    return this.installation.digest(...texts).toString('base64');
  }
}
