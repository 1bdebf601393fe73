import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { SettingsService } from '../../settings/settings.service.js';
import { grantedScopes } from '../access-rules/access.policy.js';
import { RegistryAuthenticator } from './registry-authenticator.service.js';
import { readRegistryState, RegistryState } from './registry-state.statements.js';
import { RuleBook } from '../access-rules/rule-book.service.js';
import { IssuedToken, TokenIssuer } from './token-issuer.service.js';
import { TokenRequest } from './token-request.js';

/** Answers registry clients: who asks, what of it the rules grant, signed. */
@Injectable()
export class RegistryTokens {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly settings: SettingsService,
    private readonly authenticator: RegistryAuthenticator,
    private readonly ruleBook: RuleBook,
    private readonly issuer: TokenIssuer,
  ) {}

  /**
   * A token for what is granted of what is asked; being granted nothing is no error.
   *
   * @param address where the request comes from
   * @throws {RegistryLoginRefused} {@link RegistryLoginUnavailable} {@link RateLimited}
   */
  async answer({ credentials, scopes }: TokenRequest, address: string | null): Promise<IssuedToken> {
    const before = await this.caughtUp();
    const { subject, waited } = await this.authenticator.subjectOf(credentials, address);
    // Rules, keys and settings may have changed meanwhile: an answer that had to wait is decided on what is read after.
    const { ruleStamp, keyStamp } = waited ? await this.caughtUp() : before;
    const granted = grantedScopes(await this.ruleBook.rules(ruleStamp), subject, scopes);
    const expiresInSeconds = this.settings.current().general.registryTokenMinutes * 60;
    return this.issuer.issue({ username: subject.username, granted, expiresInSeconds, keyStamp });
  }

  /** What rules and keys are in force now; the settings are caught up with on the way. */
  private async caughtUp(): Promise<RegistryState> {
    const state = await readRegistryState(this.database);
    await this.settings.catchUp(state.revision);
    return state;
  }
}
