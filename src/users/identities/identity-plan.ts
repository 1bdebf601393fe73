import { createHash } from 'node:crypto';
import type { User } from '../user.entity.js';

/** What a provider calls a person. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

/** That a person has another identity by now. */
export interface IdentityMove {
  /** Where the map says so. */
  readonly line: number;
  readonly from: Identity;
  readonly to: Identity;
}

/** The columns of a user that decide about a move. */
export type Holder = Pick<User, 'id' | 'username' | 'issuer' | 'subject' | 'securityStamp' | 'isAdmin' | 'deletedAt'>;

/** A user who gets another identity. */
export interface CarriedUser {
  readonly user: Holder;
  readonly move: IdentityMove;
}

/** Why a line can't be applied. */
export interface MapConflict {
  readonly line: number;
  readonly problem: string;
}

/** A user whom a map has carried, and when. */
export interface DoneMove {
  readonly userId: string;
  readonly at: Date;
}

/** What a map would do. */
export interface IdentityPlan {
  readonly carried: readonly CarriedUser[];
  readonly conflicts: readonly MapConflict[];
  /** The users whom this very map has carried before. */
  readonly done: readonly DoneMove[];
  /** Lines whose old and new identity are the same. */
  readonly same: number;
}

/** An identity as a key; issuers have no line feed. */
export const keyOf = ({ issuer, subject }: Identity) => `${issuer}\n${subject}`;

/** Together the length of a security stamp. */
const [MARK_DIGITS, TIME_DIGITS] = [24, 12];

/** The digest of a map, by which a later run recognises what an earlier one has done. */
export function digestOf(moves: readonly IdentityMove[]): string {
  const pairs = moves.map(({ from, to }) => [keyOf(from), keyOf(to)]);
  return createHash('sha256').update(JSON.stringify(pairs)).digest('hex');
}

/** The security stamp that a map gives a user: it ends their sessions, and says which map was applied and when. */
export function stampBy(digest: string, userId: string, at: Date): string {
  return markBy(digest, userId) + at.getTime().toString(16).padStart(TIME_DIGITS, '0');
}

function markBy(digest: string, userId: string): string {
  return createHash('sha256').update(`${digest} ${userId}`).digest('hex').slice(0, MARK_DIGITS);
}

/**
 * What a map would do.
 *
 * @param holders the users who have an old or a new identity of the map, by {@link keyOf}
 */
export function planOf(moves: readonly IdentityMove[], holders: ReadonlyMap<string, Holder>): IdentityPlan {
  const digest = digestOf(moves);
  const changing = moves.filter(({ from, to }) => keyOf(from) !== keyOf(to));
  const doneBy = ({ to }: IdentityMove): DoneMove[] => {
    const { id: userId, securityStamp } = holders.get(keyOf(to)) ?? { id: '', securityStamp: '' };
    if (!securityStamp.startsWith(markBy(digest, userId))) return [];
    return [{ userId, at: new Date(parseInt(securityStamp.slice(MARK_DIGITS), 16)) }];
  };
  const open = changing.filter((move) => doneBy(move).length === 0);
  const done = changing.flatMap(doneBy);
  const problemOf = problemsIn(open, holders);
  const judged = open.map((move) => ({ move, user: holders.get(keyOf(move.from)), problem: problemOf(move) }));
  const carried = judged.flatMap(({ move, user, problem }) => (user && problem === undefined ? [{ user, move }] : []));
  const conflicts = judged.flatMap(({ move, problem }) =>
    problem === undefined ? [] : [{ line: move.line, problem }],
  );
  const partly = done.length > 0 ? carried.map(({ move }) => ({ line: move.line, problem: PARTLY })) : [];
  return { carried, conflicts: [...conflicts, ...partly].sort(byLine), done, same: moves.length - changing.length };
}

const PARTLY = 'other lines of this file were applied before. Remove those that were, and try again.';
const byLine = (one: MapConflict, other: MapConflict) => one.line - other.line;

function problemsIn(moves: readonly IdentityMove[], holders: ReadonlyMap<string, Holder>) {
  const firsts = { from: firstLines(moves, 'from'), to: firstLines(moves, 'to') };
  const isLeaving = (holder: Holder) => firsts.from.has(keyOf(holder as Identity));
  return ({ line, from, to }: IdentityMove): string | undefined => {
    const [old, next] = [firsts.from.get(keyOf(from)), firsts.to.get(keyOf(to))];
    if (old !== line) return `the old identity is that of line ${old} too.`;
    if (next !== line) return `the new identity is that of line ${next} too.`;
    const [user, taker] = [holders.get(keyOf(from)), holders.get(keyOf(to))];
    if (!user || user.deletedAt) return unknown(taker);
    return taker && !isLeaving(taker) ? taken(taker) : undefined;
  };
}

function firstLines(moves: readonly IdentityMove[], side: 'from' | 'to'): ReadonlyMap<string, number> {
  return new Map([...moves].reverse().map((move) => [keyOf(move[side]), move.line]));
}

function unknown(taker: Holder | undefined): string {
  const hint = taker ? ` The new one is that of ${nameOf(taker)}, perhaps because an earlier map was applied.` : '';
  return `no user has the old identity.${hint}`;
}

function taken(taker: Holder): string {
  if (taker.deletedAt) return `the new identity is that of ${nameOf(taker)}.`;
  return `the new identity is that of ${nameOf(taker)}. If it is an account of the same person that is not needed, free it with: mooring users remove ${nameOf(taker)}`;
}

function nameOf({ username, deletedAt }: Holder): string {
  return deletedAt ? 'a deleted user' : JSON.stringify(username);
}
