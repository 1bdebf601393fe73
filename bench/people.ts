import { sqliteDriver } from '../src/database/sqlite-driver.js';

const SYLLABLES =
  'ba be bi bo da de di do fa fe ga go ha he ka ki la le li lo ma me mi mo na ne no pa pe ra re ri ro sa se ta te ti to va vi wa ya za'.split(
    ' ',
  );
const GROUPS = 50;
const DISABLED = 10;
const ADMINS = 3;

/** A pseudo-random sequence of numbers that is the same in each run (Lehmer, modulus 2^31 - 1). */
export function sequence(): (below: number) => number {
  let state = 20_251;
  return (below) => (state = (state * 48_271) % 2_147_483_647) % below;
}

/** A made-up first and last name, with a dot between them. */
export function nameFrom(next: (below: number) => number): string {
  const word = () => Array.from({ length: 3 }, () => SYLLABLES[next(SYLLABLES.length)]).join('');
  return `${word()}.${word()}`;
}

/**
 * Inserts users who have logged in into a database whose server has run once: each has a grant and is in one of fifty
 * groups; ten of them are disabled, and three are administrators.
 *
 * @param most the total number of users
 */
export function fill(file: string, most: number, identity: { issuer: string; clientId: string }): void {
  const database = new (sqliteDriver())(file, { timeout: 10_000 });
  database.pragma('foreign_keys = ON');
  const now = '2026-01-01 00:00:00.000';
  const group = database.prepare('INSERT OR IGNORE INTO user_groups (id, name, created_at) VALUES (?, ?, ?)');
  const user = database.prepare(
    `INSERT OR IGNORE INTO users (id, mode, username, folded_name, email, folded_email, is_admin, is_disabled, issuer, subject,
       security_stamp, created_at, updated_at) VALUES (?, 'OIDC', ?, ?, ?, ?, ?, ?, ?, ?, 'stamp', '${now}', '${now}')`,
  );
  const grant = database.prepare(
    `INSERT INTO provider_grants (user_id, issuer, client_id, sealed_id_token, sealed_refresh_token, group_names, expires_at, version)
     VALUES (?, ?, ?, 'sealed', 'sealed', ?, '2099-01-01 00:00:00.000', 1)`,
  );
  const membership = database.prepare('INSERT INTO memberships (user_id, group_id) VALUES (?, ?)');
  const indexing = database.prepare('INSERT INTO group_indexings (user_id, grant_version) VALUES (?, 1)');
  database.transaction(() => {
    for (let number = 0; number < GROUPS; number++) group.run(`group-${number}`, `crew-${number}`, now);
    const next = sequence();
    for (let made = 0; made < most;) {
      const [id, name] = [`user-${made}`, nameFrom(next)];
      const mail = `${name}@example.org`;
      const flags = [made < ADMINS ? 1 : 0, made % 100 === 7 && made < DISABLED * 100 ? 1 : 0];
      const { changes } = user.run(id, name, name, mail, mail, ...flags, identity.issuer, id);
      if (changes === 0) continue;
      grant.run(id, identity.issuer, identity.clientId, `["crew-${made % GROUPS}"]`);
      membership.run(id, `group-${made % GROUPS}`);
      indexing.run(id);
      made++;
    }
  })();
  database.close();
}
