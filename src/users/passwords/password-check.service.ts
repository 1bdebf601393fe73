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

/** A password that somebody presents for a user name. */
export interface PresentedPassword {
  readonly username: string;
  readonly password: SecretText;
  /** Where it comes from; null where nobody can tell. */
  readonly address: string | null;
}

/**
 * Checks passwords. The same one for the same name is hashed once, however many present it at once or again: one that was
 * wrong is refused without a hash for as long as it counts as wrong, and one that fitted is taken for a minute. Both are
 * bound to the security stamp, and the same holds of names that nobody has, so that time tells nothing.
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
   * The user as they stand after the check, with the settings caught up, or null where the password is wrong, or the user
   * was deleted or disabled, or got another password or an end of all sessions, before it was over.
   *
   * @param named the living user who has the name, or null
   * @throws {RateLimited} where too many passwords wait to be checked
   */
  async holderOf(named: User | null, presented: PresentedPassword): Promise<User | null> {
    // Somebody disabled is nobody here: whether the password would be right is told by no time.
    const user = named && !named.isDisabled && named.passwordHash !== null ? named : null;
    if (!(await this.fits(user, presented)) || !user) return null;
    const current = await this.users.unchanged(user);
    if (current) await this.settings.catchUp(current.revision);
    return current?.user ?? null;
  }

  private async fits(user: User | null, presented: PresentedPassword): Promise<boolean> {
    const digest = this.digestOf(user, presented);
    const known = this.verdicts.at(this.clock.now().getTime(), digest);
    if (known !== undefined) return known;
    const shared = this.underWay.get(digest);
    if (!shared) return this.hashed(digest, user, presented);
    // Of others only a result is shared: where theirs was turned away, each asks for a place itself. Were they to share
    // again, each refusal would wake all that are left.
    return (await shared.catch(() => undefined)) ?? this.hashed(digest, user, presented);
  }

  private hashed(digest: string, user: User | null, { password, address }: PresentedPassword): Promise<boolean> {
    const check = this.hasher.fits(password, user?.passwordHash ?? null, address);
    const learnt = check
      .then((fits) => this.learn(digest, fits))
      .finally(() => {
        this.underWay.delete(digest);
      });
    this.underWay.set(digest, learnt);
    return learnt;
  }

  private learn(digest: string, fits: boolean): boolean {
    const seconds = fits ? SECONDS_OF_A_SUCCESS : this.settings.current().general.wrongSecretMinutes * 60;
    this.verdicts.learn(digest, fits, this.clock.secondsFromNow(seconds).getTime());
    return fits;
  }

  private digestOf(user: User | null, { username, password }: PresentedPassword): string {
    const name = user?.foldedName ?? fold(username);
    const texts = ['password', name, user?.securityStamp ?? '', password.reveal()];
    return this.installation.digest(...texts).toString('base64');
  }
}
