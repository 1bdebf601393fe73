import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { SharedReads } from '../../common/persistence/shared-reads.js';
import { SettingsService } from '../../settings/settings.service.js';
import { grantedScopes, RegistrySubject, RuleBook } from '../access-rules/index.js';
import { RegistryAuthenticator } from './registry-authenticator.service.js';
import { readRegistryState, RegistryState } from './registry-state.statements.js';
import { IssuedToken, TokenIssuer } from './token-issuer.service.js';
import { TokenRequest } from './token-request.js';

/** The one key of a read without parameters. */
const STATE = 'state';

/** A token, and whom it is for. */
export interface TokenForSubject {
  readonly token: IssuedToken;
  readonly subject: RegistrySubject;
}

/** Answers registry clients: authenticates, applies the access rules, and issues a token. */
@Injectable()
export class RegistryTokens {
  private readonly states = new SharedReads(async () => new Map([[STATE, await readRegistryState(this.database)]]));

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly settings: SettingsService,
    private readonly authenticator: RegistryAuthenticator,
    private readonly ruleBook: RuleBook,
    private readonly issuer: TokenIssuer,
  ) {}

  /**
   * Issues a token for the granted part of the requested scopes; a token that grants nothing is not an error.
   *
   * @param address where the request comes from
   * @throws {RegistryLoginRefused} {@link RegistryLoginUnavailable} {@link RateLimited} {@link ServiceKeyUnusable}
   */
  async issueFor({ credentials, scopes, service }: TokenRequest, address: string | null): Promise<TokenForSubject> {
    const before = await this.catchUp();
    const { subject, waited } = await this.authenticator.authenticate(credentials, address);
    // Rules, keys and settings may have changed during a wait: the answer is decided on what is read after it.
    const { ruleStamp, keyStamp } = waited ? await this.catchUp() : before;
    const rules = (await this.ruleBook.bySubject(ruleStamp)).concerning(subject, service.name);
    const granted = grantedScopes(rules, subject, scopes);
    const expiresInSeconds = this.settings.current().general.registryTokenMinutes * 60;
    const token = await this.issuer.issue({ username: subject.username, granted, expiresInSeconds, service, keyStamp });
    return { token, subject };
  }

  /** Reads the versions of rules and keys, and brings the settings up to date. */
  private async catchUp(): Promise<RegistryState> {
    const state = await this.states.read(STATE);
    if (!state) throw new Error('A read of the state has an answer.');
    await this.settings.catchUp(state.revision);
    return state;
  }
}
