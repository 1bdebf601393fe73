import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { isDeepStrictEqual } from 'node:util';
import { DataSource } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { Clock } from '../common/runtime/clock.js';
import { LoginLimit, loginLimitOf } from '../grants/limits/index.js';
import type { OidcSettings } from '../settings/oidc-settings.schema.js';
import { countOutsideLoginGroups, countTooOld, readLoginOf } from './affected-logins.statements.js';

const LOCKED_OUT: Readonly<Record<LoginLimit, string>> = {
  LOGIN_NOT_ALLOWED:
    'oidc.loginGroups: you are in none of these groups, as far as is known, and are locked out now. The built-in administrator can change it.',
  LOGIN_TOO_OLD: 'oidc.maxSignInDays: your own login is older than that: you have to log in again now.',
};

const people = (count: number) => (count === 1 ? '1 person' : `${count} people`);

/** Tells an administrator who has saved settings what follows from them at once. */
@Injectable()
export class ConfigurationWarnings {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * What follows from a change of the provider's settings, one sentence or two each.
   *
   * @param saver who made the change
   */
  async of(before: OidcSettings, after: OidcSettings, saver: Principal | null): Promise<string[]> {
    const found = [
      await this.lockOutOf(before, after, saver),
      await this.outsidersOf(before, after),
      await this.tooOldOf(before, after),
      commaIn(before, after),
    ];
    return found.filter((warning) => warning !== null);
  }

  private async lockOutOf(before: OidcSettings, after: OidcSettings, saver: Principal | null): Promise<string | null> {
    const isSame = (['loginGroups', 'maxSignInDays', 'groupsKeptHours'] as const).every((name) =>
      isDeepStrictEqual(before[name], after[name]),
    );
    const login = isSame || !saver ? undefined : await readLoginOf(this.database, saver);
    const limit = login ? loginLimitOf(login, after, this.clock.now()) : null;
    return limit && LOCKED_OUT[limit];
  }

  private async outsidersOf(before: OidcSettings, after: OidcSettings): Promise<string | null> {
    const { loginGroups, groupsClaim } = after;
    if (loginGroups.length === 0) return null;
    if (groupsClaim === null) {
      return 'oidc.loginGroups: nobody can log in, because oidc.groupsClaim is not set and no groups are known.';
    }
    if (isDeepStrictEqual(before.loginGroups, loginGroups)) return null;
    const count = await countOutsideLoginGroups(this.database, after, this.clock.now());
    const are = count === 1 ? 'is' : 'are';
    return count === 0
      ? null
      : `oidc.loginGroups: ${people(count)} with a current login ${are} in none of these groups and locked out now.`;
  }

  private async tooOldOf(before: OidcSettings, after: OidcSettings): Promise<string | null> {
    const isShorter = before.maxSignInDays === 0 || after.maxSignInDays < before.maxSignInDays;
    if (after.maxSignInDays === 0 || !isShorter) return null;
    const count = await countTooOld(this.database, before, after, this.clock.now());
    const have = count === 1 ? '1 person has' : `${count} people have`;
    return `oidc.maxSignInDays: ${count === 0 ? 'nobody has' : have} to log in again now because of it.`;
  }
}

/** A comma splits nothing: an administrator who meant several groups is told so. */
function commaIn(before: OidcSettings, after: OidcSettings): string | null {
  const isNew = (name: string) => name.includes(',') && !before.adminGroups.includes(name);
  return after.adminGroups.some(isNew)
    ? 'oidc.adminGroup: a name with a comma is the name of one group. Set oidc.adminGroups for several.'
    : null;
}
