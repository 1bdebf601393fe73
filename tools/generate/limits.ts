import { readFileSync } from 'node:fs';

/** The unit of a limit; numbers of things have none. */
export type LimitUnit = 'bytes' | 'characters' | 's' | 'ms' | 'min';

/** A limit that is a constant of the code. */
export interface LimitRow {
  /** The file in `src` and the constant that declares it. */
  readonly constant: string;
  readonly unit?: LimitUnit;
  /** What it bounds. */
  readonly what: string;
  /** What is seen where it is reached. */
  readonly seen: string;
}

/** The words about the constants of the code; the values are read from the sources. */
export interface LimitWords {
  /** The limits, by subject. */
  readonly groups: readonly { readonly title: string; readonly rows: readonly LimitRow[] }[];
  /** Constants with the name of a limit that limit nothing which anybody meets, by reason. */
  readonly noLimits: Readonly<Record<string, readonly string[]>>;
}

/** The content of `limits.json`; the working directory is that of the project. */
export function limitWords(): LimitWords {
  return JSON.parse(readFileSync('tools/generate/limits.json', 'utf8')) as LimitWords;
}
