import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { isAdministrator, Principal } from '../access/principal.js';
import { besideRequests } from '../common/persistence/beside-requests.js';
import { Clock } from '../common/runtime/clock.js';
import { CurrentProvider } from '../oidc/index.js';
import { CliSecretStatus, cliSecretStatus } from './cli-secret-status.js';
import { CliSecretModel } from './cli-secret.model.js';
import { ownerFactsOf, readHolderById } from './cli-secret.statements.js';
import { CliSecretsService } from './cli-secrets.service.js';

const ANY_USE = besideRequests('SELECT 1 AS used FROM cli_secrets WHERE last_used_at IS NOT NULL LIMIT 1');

/** Shows CLI secrets to their owners, and to administrators everything but the text. */
@Injectable()
export class CliSecretReader {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly cliSecrets: CliSecretsService,
    private readonly provider: CurrentProvider,
    private readonly clock: Clock,
  ) {}

  /** A user's secret as this reader may see it; null if there is none, or the reader may not know of it. */
  async read(userId: string, reader: Principal | null): Promise<CliSecretModel | null> {
    const isOwner = reader?.kind === 'user' && reader.userId === userId;
    if (!isOwner && !(reader && isAdministrator(reader))) return null;
    const secret = await (isOwner ? this.cliSecrets.ofCaller(reader) : this.cliSecrets.of(userId));
    return secret && CliSecretModel.of(secret, isOwner ? this.cliSecrets.textOf(secret) : null);
  }

  /** Whether any of the present secrets was used, by docker or another client. A replaced secret leaves no trace. */
  async isAnyUsed(): Promise<boolean> {
    return (await this.database.query<unknown[]>(ANY_USE)).length > 0;
  }

  /** Whether the right secret of a user would be accepted now, as far as is known without asking the provider. */
  async statusOf(userId: string): Promise<CliSecretStatus> {
    const holder = await readHolderById(this.database, userId);
    if (!holder) return CliSecretStatus.USER_DISABLED;
    return cliSecretStatus(ownerFactsOf(holder, this.provider), this.clock.now());
  }
}
