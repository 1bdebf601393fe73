import type { LoginClaims } from './provider-answers.js';

const MOST_CLAIMS = 100;
const LONGEST_NAME = 255;
const LONGEST_VALUE = 2_000;
const CUT_OFF = '…';

/** Where a claim came from. */
export type ClaimSource = 'ID_TOKEN' | 'USERINFO' | 'BOTH';

/** One claim as it is shown: its value as JSON, cut after 2,000 characters; an ellipsis alone if it is nested too deeply. */
export interface ShownClaim {
  readonly name: string;
  readonly value: string;
  readonly source: ClaimSource;
}

/**
 * The claims of a login for people, by name. A claim that differs between ID token and userinfo is shown twice. At most 100,
 * because the provider decides how many there are.
 */
export function claimsOf({ idToken, userinfo }: LoginClaims): { shown: readonly ShownClaim[]; leftOut: number } {
  const [inToken, inUserinfo] = [valuesOf(idToken), valuesOf(userinfo ?? {})];
  const names = [...new Set([...inToken.keys(), ...inUserinfo.keys()])].sort();
  const all = names.flatMap((name) => rowsOf(name, inToken.get(name), inUserinfo.get(name)));
  return { shown: all.slice(0, MOST_CLAIMS), leftOut: Math.max(0, all.length - MOST_CLAIMS) };
}

function valuesOf(claims: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(claims).map(([name, value]) => [name, jsonOf(value)]));
}

/** A text of the provider as it is kept for people: cut as the value of a claim. */
export function shownText(text: string): string {
  return cut(text, LONGEST_VALUE);
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // What was parsed may be nested more deeply than can be written.
    return CUT_OFF;
  }
}

function rowsOf(name: string, inToken: string | undefined, inUserinfo: string | undefined): ShownClaim[] {
  if (inToken === inUserinfo) return row(name, inToken, 'BOTH');
  return [...row(name, inToken, 'ID_TOKEN'), ...row(name, inUserinfo, 'USERINFO')];
}

function row(name: string, value: string | undefined, source: ClaimSource): ShownClaim[] {
  if (value === undefined) return [];
  return [{ name: cut(name, LONGEST_NAME), value: shownText(value), source }];
}

/** Cuts between code points, because half a surrogate pair can't be stored. */
function cut(text: string, longest: number): string {
  const points = [...text];
  return points.length > longest ? `${points.slice(0, longest).join('')} ${CUT_OFF}` : text;
}
