import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { SettingsService } from '../settings/settings.service.js';
import { grantedScopes } from './registry-access.policy.js';
import { RegistryAuthenticator } from './registry-authenticator.service.js';
import { readRegistryState } from './registry-state.statements.js';
import { RuleBook } from './rule-book.service.js';
import { IssuedToken, TokenIssuer } from './token-issuer.service.js';
import { TokenRequest } from './token-request.js';

const AT_ONCE_MS = 100;

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
   * @throws {RegistryLoginRefused} {@link RegistryLoginUndecided} {@link RateLimited}
   */
  async answer({ credentials, scopes }: TokenRequest, address: string | null): Promise<IssuedToken> {
    const before = await readRegistryState(this.database);
    await this.settings.catchUp(before.revision);
    const began = performance.now();
    const subject = await this.authenticator.subjectOf(credentials, address);
    // Rules may have changed while a grant was refreshed: an answer that had to wait is decided on what is read after.
    const hadToWait = performance.now() - began > AT_ONCE_MS;
    const { ruleStamp, keyStamp } = hadToWait ? await readRegistryState(this.database) : before;
    const granted = grantedScopes(await this.ruleBook.rules(ruleStamp), subject, scopes);
    const expiresInSeconds = this.settings.current().general.registryTokenMinutes * 60;
    return this.issuer.issue({ username: subject.username, granted, expiresInSeconds, keyStamp });
  }
}
