/** The size of an installation. */
export interface Size {
  readonly users: number;
  readonly groups: number;
  readonly rules: number;
}

/** A size of a thousand users, as most goals are stated. */
export const SMALL: Size = { users: 1_000, groups: 50, rules: 100 };
/** The largest size that has goals. */
export const LARGE: Size = { users: 1_000_000, groups: 10_000, rules: 10_000 };
