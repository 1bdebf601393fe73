import { INestApplicationContext, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { createReadStream } from 'node:fs';
import { AuditEntry, AuditOutcome, AuditService } from '../audit/index.js';
import { CliSecret, CliSecretEndings } from '../cli-secrets/index.js';
import { FormerRights } from '../directory/index.js';
import { GrantsModule } from '../grants/grants.module.js';
import { SettingsService } from '../settings/settings.service.js';
import {
  CarriedUser,
  DoneMove,
  IdentityMove,
  IdentityMoves,
  IdentityPlan,
  MapConflict,
  toldMove,
} from '../users/identities/index.js';
import { User } from '../users/index.js';
import { BY_THIS_MACHINE, inCommandContext } from './command-context.js';
import { identityMapOf, LONGEST_MAP } from './identity-map.js';
import { UsageError } from './usage-error.js';

/** The part of the application that gives users other identities. */
@Module({
  imports: [TypeOrmModule.forFeature([User, CliSecret]), GrantsModule],
  providers: [IdentityMoves, CliSecretEndings, FormerRights],
})
class RebindingModule {}

/** What a map would do, or has done. */
export interface Rebinding extends IdentityPlan {
  readonly isApplied: boolean;
  /** The configured issuer; null if there is none. */
  readonly endpoint: string | null;
}

/**
 * Gives users other identities by a map, all of them or, where a line has a conflict, none. Running servers know it at their
 * next request.
 *
 * @param isDryRun whether nothing is to be changed
 * @throws {UsageError} if the file can't be read
 * @throws {NotAMap} {@link UsersChangedMeanwhile}; nothing was changed
 * @throws {InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export async function rebindUsers(file: string, isDryRun: boolean): Promise<Rebinding> {
  const { moves, problems } = identityMapOf(await bytesOf(file));
  return inCommandContext([RebindingModule], async (app) => {
    const plan = await app.get(IdentityMoves).plan(moves);
    const conflicts = inOrder([...problems, ...plan.conflicts]);
    const { endpoint } = (await app.get(SettingsService).catchUp()).oidc;
    const isApplied = !isDryRun && conflicts.length === 0;
    if (isApplied) await finish(app, plan.done);
    if (isApplied && plan.carried.length > 0) await apply(app, moves, plan.carried);
    return { ...plan, conflicts, isApplied, endpoint };
  });
}

async function apply(app: INestApplicationContext, moves: readonly IdentityMove[], carried: readonly CarriedUser[]) {
  const at = await app.get(IdentityMoves).apply(moves, carried);
  const userIds = carried.map(({ user }) => user.id);
  await app.get(FormerRights).endNow(userIds, at);
  const audit = app.get(AuditService);
  for (const one of carried) await audit.write(eventOf(one));
  const target = { type: 'identity_map', id: null, label: `${carried.length} users` };
  await audit.write({ ...SUCCEEDED, action: 'identity_map.apply', target });
}

/** Ends grants and CLI secrets from before the change. A process that was killed leaves this to the next run. */
async function finish(app: INestApplicationContext, moved: readonly DoneMove[]): Promise<void> {
  for (const time of new Set(moved.map(({ at }) => at.getTime()))) {
    const ids = moved.filter(({ at }) => at.getTime() === time).map(({ userId }) => userId);
    await app.get(FormerRights).endFrom(ids, new Date(time));
  }
}

const SUCCEEDED = { ...BY_THIS_MACHINE, outcome: AuditOutcome.SUCCEEDED };

function eventOf({ user: { id, username: label }, move }: CarriedUser): AuditEntry {
  return { ...SUCCEEDED, action: 'user.rebind', target: { type: 'user', id, label }, detail: toldMove(move) };
}

function inOrder(conflicts: readonly MapConflict[]): MapConflict[] {
  return [...conflicts].sort((one, other) => one.line - other.line);
}

/** At most one byte more than a map may have. A pipe gives its bytes in pieces. */
async function bytesOf(file: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of createReadStream(file, { end: LONGEST_MAP })) pieces.push(piece as Uint8Array);
    return Buffer.concat(pieces);
  } catch (error) {
    throw new UsageError('--map', `${file} can't be read (${(error as NodeJS.ErrnoException).code ?? 'no code'}).`);
  }
}
