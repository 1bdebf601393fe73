import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { isAdministrator, Principal } from '../access/principal.js';
import { CliSecretStatus } from './cli-secret-status.js';
import { CliSecretModel } from './cli-secret.model.js';
import { readHolderById } from './cli-secret.statements.js';
import { CliSecretsService } from './cli-secrets.service.js';
import { OwnerStatus } from './owner-status.service.js';

/** Shows CLI secrets to their owners, and that they exist to administrators. */
@Injectable()
export class CliSecretReader {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly cliSecrets: CliSecretsService,
    private readonly vouching: OwnerStatus,
  ) {}

  /** A user's secret as this reader may see it, or null where there is none or it is not the reader's business. */
  async read(userId: string, reader: Principal | null): Promise<CliSecretModel | null> {
    const isOwner = reader?.kind === 'user' && reader.userId === userId;
    if (!isOwner && !(reader && isAdministrator(reader))) return null;
    const secret = await this.cliSecrets.of(userId);
    return secret && CliSecretModel.of(secret, isOwner ? this.cliSecrets.textOf(secret) : null);
  }

  /** Whether the right secret of a user would be accepted now. */
  async statusOf(userId: string): Promise<CliSecretStatus> {
    return this.vouching.knownStatusOf(await readHolderById(this.database, userId));
  }
}
