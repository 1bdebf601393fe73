import { INestApplicationContext } from '@nestjs/common';
import { AuditEntry, AuditOutcome, AuditService } from '../audit/index.js';
import { isForeignKeyRefusal } from '../common/persistence/conditional-write.js';
import { AuthMode } from '../settings/auth-mode.js';
import { SettingsService } from '../settings/settings.service.js';
import { UserRemoval } from '../users/operator/index.js';
import { BY_THIS_MACHINE, inCommandContext } from './command-context.js';
import { removeAll, REMOVAL_PARTS } from './removal.js';

const AT_ONCE = 200;

/** What a reset is asked to do, and how it asks and tells. */
export interface ModeReset {
  /** The auth mode to put in force afterwards; null leaves it as it is. */
  readonly to: AuthMode.DATABASE | null;
  /** Called with the number of OIDC users and the host of the public URL before anything is changed; throws to stop. */
  readonly confirm: (users: number, host: string) => Promise<void>;
  /** Called after each batch. */
  readonly onProgress: (removed: number, users: number) => void;
}

/** How a reset ended. */
export interface ResetMode {
  readonly removed: number;
  /** How many OIDC users there are: they came meanwhile. */
  readonly left: number;
  readonly authMode: AuthMode;
}

/**
 * Removes the OIDC users who are there when it begins, in batches. Servers may keep running, and it can be stopped and run
 * again.
 *
 * @throws {SettingReadOnly} if the mode is to change and is fixed in FIXED_SETTINGS; then nothing was changed
 * @throws {InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export function resetMode({ to, confirm, onProgress }: ModeReset): Promise<ResetMode> {
  return inCommandContext(REMOVAL_PARTS, async (app, { publicUrl }) => {
    const settings = app.get(SettingsService);
    if (to) settings.refuseFixed(['authMode']);
    const users = await app.get(UserRemoval).countOidc();
    if (users > 0) await confirm(users, publicUrl.host);
    const removed = await removeOidcUsers(app, users, onProgress);
    if (to) await switchTo(app, to);
    return { removed, left: await app.get(UserRemoval).countOidc(), authMode: (await settings.catchUp()).authMode };
  });
}

async function removeOidcUsers(
  app: INestApplicationContext,
  users: number,
  onProgress: ModeReset['onProgress'],
): Promise<number> {
  let removed = 0;
  // Not until nobody is left: people who can log in would come again for ever.
  while (removed < users) {
    const batch = await app.get(UserRemoval).oidcUsers(Math.min(AT_ONCE, users - removed));
    if (batch.length === 0) break;
    await removeAll(app, batch);
    await note(app, { action: 'auth_mode.reset', detail: `removed users: ${batch.length}` });
    removed += batch.length;
    onProgress(removed, users);
  }
  return removed;
}

/** Puts a mode in force, unless users of the other mode have come meanwhile: the database itself refuses that. */
async function switchTo(app: INestApplicationContext, authMode: AuthMode): Promise<void> {
  const settings = app.get(SettingsService);
  const current = await settings.catchUp();
  if (current.authMode === authMode) return;
  try {
    await settings.replace({ ...current, authMode });
  } catch (error) {
    if (isForeignKeyRefusal(error)) return;
    throw error;
  }
  await note(app, { action: 'configuration.update' });
}

function note(app: INestApplicationContext, event: Pick<AuditEntry, 'action' | 'detail'>): Promise<void> {
  return app.get(AuditService).write({ ...event, target: null, ...BY_THIS_MACHINE, outcome: AuditOutcome.SUCCEEDED });
}
