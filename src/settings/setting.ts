import { INVISIBLE } from '../common/text/invisible-characters.js';

/** The parts of the settings page. */
export type SettingPart =
  'registration' | 'sessions' | 'registry' | 'guessing' | 'audit' | 'connection' | 'groups' | 'names' | 'trust';

/** What a number counts, where that is a time. */
export type SettingUnit = 'minutes' | 'hours' | 'days';

/** Of a setting that is not on the settings page: why it is not. */
export interface NotShown {
  readonly because: string;
}

/** One setting: its default, its description, and a rule that names the problem of a value (undefined: valid). */
export interface Setting<T> {
  readonly fallback: T;
  readonly description: string;
  readonly sealed?: true;
  /** Of a list: whether its items are texts. */
  readonly holdsTexts?: true;
  /** The only values, if they are words; the page offers them. */
  readonly choices?: readonly (T & string)[];
  /** The form in which a value is checked and stored; by default as it was sent. */
  readonly storedForm?: (value: NonNullable<T>) => NonNullable<T>;
  readonly nullable: boolean;
  /** The part of the settings page that shows it, in the order of declaration, or why the page does not. */
  readonly part: SettingPart | NotShown;
  /** The only auth mode in which the page shows it; without one, every mode in which the page shows its part. */
  readonly onlyIn?: 'DATABASE';
  /** Whether few installations need it: the page folds it away, under "Advanced". */
  readonly isAdvanced?: true;
  /** The unit of a number, where it is a time. */
  readonly unit?: SettingUnit;
  /** The least and the greatest value of a number. */
  readonly limits?: readonly [least: number, most: number];
  /** The setting of the same part that it follows on the page, instead of the one declared before it. */
  readonly after?: string;
  readonly problemOf: (value: NonNullable<T>) => string | undefined;
}

/** A change of settings: a setting left out stays as it is, null clears it. */
export type PatchOf<Values> = { readonly [Name in keyof Values]?: Values[Name] | null };

/** Settings by name. */
export type Declarations<Values> = { readonly [Name in keyof Values]: Setting<Values[Name]> };

/** The kinds of values that settings have. */
export type SettingKind = 'flag' | 'number' | 'text' | 'texts' | 'secret' | 'parameters';

/** The kind of a setting, by its default: one without a default is a text. */
export function kindOf({ fallback, sealed, holdsTexts }: Setting<unknown>): SettingKind {
  if (sealed) return 'secret';
  if (Array.isArray(fallback)) return holdsTexts ? 'texts' : 'parameters';
  if (typeof fallback === 'boolean') return 'flag';
  return typeof fallback === 'number' ? 'number' : 'text';
}

/** The values of a change in their stored form; null and what is left out stay so. */
export function inStoredForm<Patch extends object>(declarations: object, patch: Patch): Patch {
  const settings = declarations as Readonly<Record<string, Setting<unknown>>>;
  const entries = Object.entries(patch).map(([name, value]: [string, unknown]) => {
    const formOf = Object.hasOwn(settings, name) ? settings[name]?.storedForm : undefined;
    return [name, formOf && value != null ? formOf(value) : value];
  });
  return Object.fromEntries(entries) as Patch;
}

/** A rule that accepts every value of the type. */
export const anything = () => undefined;

/** A rule for single-line texts; the length is in characters. */
export function shortText(longest: number) {
  return (text: string) => {
    if (text.trim() === '') return 'must not be blank; send null to clear it.';
    if ([...text].length > longest) return `must not be longer than ${longest} characters.`;
    return INVISIBLE.test(text) ? 'must not contain control or invisible characters.' : undefined;
  };
}

type NumberRule = Pick<Setting<number>, 'limits' | 'unit' | 'problemOf'>;

/** The limits of a number, both ends included, its unit, and the rule that keeps it within the limits. */
export function between(least: number, most: number, unit?: SettingUnit): NumberRule {
  const isWithin = (value: number) => value >= least && value <= most;
  return {
    limits: [least, most],
    ...(unit && { unit }),
    problemOf: (value) => (isWithin(value) ? undefined : `must be from ${least} to ${most}.`),
  };
}
