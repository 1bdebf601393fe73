import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, LessThan, Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { BadUserInput, NotFound, WrongCredentials } from '../common/errors/common.errors.js';
import { changedARow } from '../common/persistence/conditional-write.js';
import { newId } from '../common/persistence/ids.js';
import { Page, pageOf } from '../graphql/index.js';
import { ServiceTokenRole, UserPrincipal } from '../access/principal.js';
import { randomBase62, sha256 } from '../common/crypto/random-text.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { RELAXED_DURABILITY } from '../common/persistence/relaxed-durability.js';
import { SharedReads } from '../common/persistence/shared-reads.js';
import { TurnValues } from '../common/runtime/turn-values.js';
import { LastUses } from '../common/persistence/write-behind.js';
import { ServiceToken } from './service-token.entity.js';
import type { ServiceTokensRequest } from './service-token.inputs.js';
import { PresentedToken, readTokens } from './service-token.statements.js';
import { TokenCreators } from './token-creators.service.js';

const PREFIX = 'mrgs_';
const RANDOM_CHARACTERS = 40;
const LONGEST_TOKEN = 100;
const CREATOR_NOT_ADMIN =
  'The creator of this service token is no longer an administrator, so the token is inactive. Use a token of another administrator.';

/** Creates, lists, authenticates and deletes service tokens. */
@Injectable()
export class ServiceTokensService implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(ServiceTokensService.name);
  private readonly lastUses = new LastUses<string>(
    (id, at) => this.storeLastUse(id, at),
    () => this.logger.warn('The last use of a service token could not be written.'),
  );
  private readonly hashes = new TurnValues<string>();
  private readonly byHash = new SharedReads((hashes) => readTokens(this.database, hashes));

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @InjectRepository(ServiceToken) private readonly tokens: Repository<ServiceToken>,
    private readonly creators: TokenCreators,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates a token. Its text is returned only here.
   *
   * @throws {BadUserInput} if its expiry is in the past
   */
  async create(
    actor: UserPrincipal,
    input: { name: string; role: ServiceTokenRole; expiresAt?: Date | null },
  ): Promise<{ token: SecretText; serviceToken: ServiceToken }> {
    const { name, role, expiresAt = null } = input;
    if (expiresAt && expiresAt <= this.clock.now()) {
      throw BadUserInput.field('expiresAt', 'IN_THE_PAST', 'must be in the future.');
    }
    const token = PREFIX + randomBase62(RANDOM_CHARACTERS);
    const row = { id: newId(), name, role, expiresAt, hash: sha256(token), createdBy: actor.userId };
    const serviceToken = this.tokens.create({ ...row, createdAt: this.clock.now(), lastUsedAt: null });
    await this.tokens.insert(serviceToken);
    return { token: new SecretText(token), serviceToken };
  }

  /** A page of all tokens, or of those that expire before a time or have expired; newest first. */
  list(request: ServiceTokensRequest): Promise<Page<ServiceToken>> {
    const { expiresBefore } = request;
    return pageOf(this.tokens, request, expiresBefore ? { expiresAt: LessThan(expiresBefore) } : {});
  }

  /**
   * Deletes a token.
   *
   * @returns the token as it was
   * @throws {NotFound} if there is no such token
   */
  async delete(id: string): Promise<ServiceToken> {
    const deleted = await this.tokens.findOneBy({ id });
    if (!deleted || !changedARow(await this.tokens.delete({ id }))) throw new NotFound('service token');
    return deleted;
  }

  /** The presented token, or undefined if it is unknown or has expired. */
  async present(token: string): Promise<PresentedToken | undefined> {
    if (!token.startsWith(PREFIX) || token.length > LONGEST_TOKEN) return undefined;
    const found = await this.byHash.read(this.hashes.of(token, () => sha256(token)));
    const now = this.clock.now();
    if (!found || (found.expiresAt && found.expiresAt <= now)) return undefined;
    this.lastUses.note(found.id, now);
    return found;
  }

  /**
   * Refuses an ADMIN token whose creator is not an administrator now. VERIFIER and METRICS tokens outlive their creators:
   * registries must not stop when somebody leaves. If the provider may say otherwise now, it is asked in the background.
   *
   * @throws {WrongCredentials} if the token is refused
   */
  async demandCreator({ role, createdBy }: PresentedToken): Promise<void> {
    if (role !== ServiceTokenRole.ADMIN) return;
    if (createdBy === null || !(await this.creators.mayAdminister(createdBy)))
      throw new WrongCredentials(CREATOR_NOT_ADMIN);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.lastUses.flush();
  }

  /** What was noted by the last requests, which are answered after the first of these two. */
  async onApplicationShutdown(): Promise<void> {
    await this.lastUses.flush();
  }

  /** A hint for people, once a second while a token is used: the process would stand still for each sync of the disk. */
  private async storeLastUse(id: string, lastUsedAt: Date): Promise<void> {
    const update = this.tokens.createQueryBuilder().update().set({ lastUsedAt }).where({ id });
    await update.comment(RELAXED_DURABILITY).execute();
  }
}
