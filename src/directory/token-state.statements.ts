import { DataSource } from 'typeorm';
import { besideRequests } from '../common/persistence/beside-requests.js';
import { grantsInQuestion, grantStatusParameters } from '../grants/statements/index.js';
import { OidcTokenState } from '../grants/status/index.js';
import type { DirectoryMoment } from './user-directory.statements.js';
import { countOf } from './user-search.statements.js';

/** With more grants in question, users with a token state are looked for in the order of names. */
const MOST_IN_QUESTION = 5_000;
/** With more users without a provider, nothing is said about the others. */
const MOST_WITHOUT_PROVIDER = 5_000;

const WITHOUT_PROVIDER = `(SELECT id FROM users WHERE issuer IS NULL LIMIT ${MOST_WITHOUT_PROVIDER + 1})`;
// In one statement, so that all counts are of one moment.
const COUNTS = besideRequests(`SELECT (SELECT COUNT(*) FROM users) AS everybody,
  (SELECT COUNT(*) FROM provider_grants) AS grants, (SELECT COUNT(*) FROM ${WITHOUT_PROVIDER} w) AS without,
  (SELECT COUNT(*) FROM ${WITHOUT_PROVIDER} w JOIN provider_grants pg ON pg.user_id = w.id) AS others`);

/**
 * A condition on users u that all with this token state fulfil, and few others; it takes the parameters of `usersWhere`. Null if no
 * index tells few.
 */
export async function fewWith(
  database: DataSource,
  state: OidcTokenState | null | undefined,
  { oidc, now }: DirectoryMoment,
): Promise<string | null> {
  const inQuestion = state === OidcTokenState.REAUTHENTICATION_REQUIRED ? grantsInQuestion(oidc) : null;
  if (inQuestion === null) return null;
  const some = database.createQueryBuilder().select('q.user_id', 'id').from<{ id: string }>(`(${inQuestion})`, 'q');
  const first = some.setParameters(grantStatusParameters(oidc, now)).limit(MOST_IN_QUESTION + 1);
  if ((await countOf(database, first)) > MOST_IN_QUESTION || !(await haveAllGrants(database))) return null;
  // The outer SELECT is for MySQL, which would otherwise run the UNION for each user.
  return `u.id IN (SELECT q.user_id FROM (${inQuestion}) q)`;
}

/** Whether certainly all users with a provider have a grant. To count costs much less than to look for one who has none. */
async function haveAllGrants(database: DataSource): Promise<boolean> {
  const [row] = await database.query<Record<'everybody' | 'grants' | 'without' | 'others', number | string>[]>(COUNTS);
  const { everybody = 0, grants = 0, without = 0, others = 0 } = row ?? {};
  if (Number(without) > MOST_WITHOUT_PROVIDER) return false;
  return Number(everybody) - Number(without) === Number(grants) - Number(others);
}
