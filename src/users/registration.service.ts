import { Injectable } from '@nestjs/common';
import { fold } from '../common/text/case-folding.js';
import { SettingsService } from '../settings/settings.service.js';
import { RegistrationThrottle } from '../throttling/index.js';
import { AccountCreation, NewAccount } from './account-creation.service.js';
import { User } from './user.entity.js';
import { isEmailTaken, SelfRegistrationOff } from './users.errors.js';

/** Self-registration: people create local accounts for themselves, while the settings allow it. */
@Injectable()
export class Registration {
  constructor(
    private readonly accounts: AccountCreation,
    private readonly settings: SettingsService,
    private readonly throttle: RegistrationThrottle,
  ) {}

  /**
   * Registers an account. The setting is read again after the wait for the password hash.
   *
   * @param address the client address; null if it is not known
   * @throws {SelfRegistrationOff} and the errors of {@link AccountCreation.create}
   * @throws {RateLimited} after too many registrations from this address, or too many answers that an e-mail address is
   * taken
   */
  async register(account: NewAccount, address: string | null): Promise<User> {
    const demandAccess = () => this.demandOn();
    await demandAccess();
    await this.accounts.demandForm(account);
    const attempt = () => this.accounts.create(account, false, { address, demandAccess });
    return this.throttle.attempt(address, { what: fold(account.email), attempt, isTaken: isEmailTaken });
  }

  private async demandOn(): Promise<void> {
    const { general } = await this.settings.catchUp();
    if (!general.selfRegistration) throw new SelfRegistrationOff();
  }
}
