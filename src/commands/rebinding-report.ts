import type { Rebinding } from './rebind-users.js';
import { quoted } from './terminal-text.js';

const MOST_NAMED = 20;
const MOST_CONFLICTS = 1000;

/** What a map would do or has done, in lines for people. */
export function reportOf(rebinding: Rebinding): string {
  const lines = [...carriedLines(rebinding), ...administratorLines(rebinding), ...conflictLines(rebinding)];
  return [...lines, conclusionOf(rebinding), ...adviceLines(rebinding)].map((line) => `${line}\n`).join('');
}

function carriedLines({ carried, done, same, isApplied }: Rebinding): string[] {
  const routes = new Map<string, number>();
  for (const { move } of carried) {
    const route = `${quoted(move.from.issuer)} to ${quoted(move.to.issuer)}`;
    routes.set(route, (routes.get(route) ?? 0) + 1);
  }
  return [
    `${people(carried.length)} ${isApplied ? 'got' : 'would get'} another identity.`,
    ...[...routes].map(([route, count]) => `  ${count} from ${route}`),
    ...(done.length > 0 ? [`${people(done.length)} got it when this file was applied before.`] : []),
    ...(same > 0 ? [`${people(same)} have the same identity on both sides.`] : []),
  ];
}

function administratorLines({ carried }: Rebinding): string[] {
  const names = carried.filter(({ user }) => user.isAdmin).map(({ user }) => quoted(user.username));
  if (names.length === 0) return [];
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return [
    `Administrators among them, who lose that role until it is granted again: ${names.slice(0, MOST_NAMED).join(', ')}${more}.`,
  ];
}

function conflictLines({ conflicts }: Rebinding): string[] {
  if (conflicts.length === 0) return [];
  const shown = conflicts.slice(0, MOST_CONFLICTS).map(({ line, problem }) => `  line ${line}: ${problem}`);
  const rest = conflicts.length - shown.length;
  return [`${conflicts.length} conflicts:`, ...shown, ...(rest > 0 ? [`  and ${rest} more.`] : [])];
}

function conclusionOf({ conflicts, isApplied }: Rebinding): string {
  if (conflicts.length > 0) return 'Nothing was changed: correct these lines, and run the command again.';
  if (!isApplied) return 'Nothing was changed: this was a dry run. Add --apply to do it.';
  return 'Their sessions and CLI secrets have ended. They log in at the new provider, find their account and user name, and get a new CLI secret.';
}

function adviceLines({ carried, endpoint }: Rebinding): string[] {
  const isElsewhere = carried.some(({ move }) => move.to.issuer !== endpoint);
  if (!isElsewhere) return [];
  return [
    `oidc.endpoint is ${endpoint === null ? 'not set' : quoted(endpoint)}. Set it to the new issuer directly after --apply: a login with an old identity after that is one of a new person, who is asked for a user name.`,
  ];
}

const people = (count: number) => (count === 1 ? '1 user' : `${count} users`);
