import { Injectable } from '@nestjs/common';
import { Clock } from '../common/runtime/clock.js';
import { CliSecretEndings } from '../cli-secrets/index.js';
import { GrantEndings } from '../grants/grants.module.js';

/** Times are those of the servers. A login with a new identity directly after the change is then repeated. */
const CLOCKS_DIFFER_MS = 300_000;

/** Ends what the former identities of users still have: their grants and CLI secrets. Sessions end with the security stamp. */
@Injectable()
export class FormerRights {
  constructor(
    private readonly grants: GrantEndings,
    private readonly secrets: CliSecretEndings,
    private readonly clock: Clock,
  ) {}

  /** Ends what there is from before a change that was made right now. */
  endNow(userIds: readonly string[], at = this.clock.now()): Promise<void> {
    return this.endFrom(userIds, new Date(at.getTime() + CLOCKS_DIFFER_MS));
  }

  /** Ends what there is from before a time. Can be repeated. */
  async endFrom(userIds: readonly string[], until: Date): Promise<void> {
    await this.grants.endFormer(userIds, until);
    await this.secrets.endFormer(userIds, until);
  }
}
