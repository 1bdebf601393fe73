import fc from 'fast-check';

/** A JSON object as it is parsed. */
export type Json = Readonly<Record<string, unknown>>;

/**
 * One member of a JSON object that is not as it should be: absent, another value, named twice with the other value first or
 * last, or moved below `__proto__`, alone or beside the honest one.
 */
export interface Bend {
  readonly member: string;
  readonly how: 'absent' | 'other' | 'other first' | 'other last' | 'in proto' | 'in proto too';
  /** The other value: JSON text, in which `%` stands for the honest value. */
  readonly other: string;
}

const DEEP = 5_000;
const LONG = 70_000;

/** JSON texts that a careless reader takes for something else. */
const ODD_TEXTS = [
  ...['null', 'true', 'false', '0', '-0', '-1', '1', '1.5', '17', '-1e400', '1e400', '1e300', '9007199254740993'],
  ...['253402300800', '-62135596801', '8640000000001', '2147483648', '"300"', '"-1"', '"1e9"', '" "', '""', '"0"'],
  ...['[]', '[[]]', '[null]', '[""]', '[%]', '[[%]]', '[%,%]', '[%,null,7]', '{}', '{"name":%}', '{"0":%}', '{"a":{}}'],
  ...['[{"name":%}]', '{"crew":{"1":"a"},"ops":[]}', '{"crew":true}', '{"toString":1}', '[{"toString":null}]'],
  ...['{"__proto__":{"name":%}}', '{"__proto__":%}', '[{"__proto__":{"name":"crew"}}]', '{"length":1,"0":"crew"}'],
  ...['"mallory"', '"sub-mallory"', '"admins"', '["admins"]', '"crew,admins"', '"crew admins"', '7', '[7]', '[7.5]'],
  ...['"\\u0000"', '"a\\u0000b"', '"a\\nb"', '"\\u202eadmin"', '"\\ud800"', '["\\udc00"]', '"\\ufdfa"', '"\\u00e9"'],
  ...['"e\\u0301"', '["e\\u0301","\\u00e9"]', '"none"', '"HS256"', '["none"]', '["HS256","RS256"]', '["RS256"]'],
  ...['"constructor"', '"__proto__"', '["__proto__","constructor"]', '"javascript:alert(1)"', '"<b>&amp;"', '"DPoP"'],
  ...['"invalid_grant"', '"invalid_client"', '"server_error"', '"invalid_request"', '["invalid_grant"]'],
  ...['"bearer"', '"mac"', '["mooring"]', '["mooring","other"]', '["other"]', '"Mooring"', '"mooring "'],
  `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
  `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`,
  `"${'x'.repeat(256)}"`,
  `"${'x'.repeat(LONG)}"`,
  `[${Array(300).fill('"g"').join(',')}]`,
];

const others: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...ODD_TEXTS) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 3 }).map((text) => text.replaceAll('%', '')) },
);

/** Bends of one of these members. */
export function bendsOf(members: readonly string[]): fc.Arbitrary<Bend> {
  const how = fc.oneof(
    { weight: 5, arbitrary: fc.constant<Bend['how']>('other') },
    fc.constantFrom<Bend['how']>('absent', 'other first', 'other last', 'in proto', 'in proto too'),
  );
  return fc.record({ member: fc.constantFrom(...members), how, other: others });
}

/** The JSON text of an object with a bend. */
export function bent(honest: Json, { member, how, other }: Bend): string {
  const own = honest[member] === undefined ? '"honest"' : JSON.stringify(honest[member]);
  const bad = `${JSON.stringify(member)}:${other.replaceAll('%', () => own)}`;
  const good = Object.entries(honest).flatMap(([name, value]) =>
    value === undefined || name === member ? [] : [`${JSON.stringify(name)}:${JSON.stringify(value)}`],
  );
  const kept = honest[member] === undefined ? [] : [`${JSON.stringify(member)}:${own}`];
  const parts = {
    absent: [],
    other: [bad],
    'other first': [bad, ...kept],
    'other last': [...kept, bad],
    'in proto': [`"__proto__":{${bad}}`],
    'in proto too': [...kept, `"__proto__":{${bad}}`],
  }[how];
  return `{${[...good, ...parts].join(',')}}`;
}

/** What a set of claims tells of groups by the rules of the settings page; undefined: nothing that can be read. */
export function toldGroups(claims: Json | null): string[] | undefined {
  if (claims === null) return undefined;
  const [value, elsewhere] = [ownOf(claims, 'groups'), ownOf(claims, '_claim_names')];
  if (isJson(elsewhere) && Object.hasOwn(elsewhere, 'groups')) return undefined;
  const members = membersOf(value);
  const names = members?.flatMap((member) => {
    const name = isJson(member) ? ownOf(member, 'name') : member;
    return typeof name === 'string' && isGroup(name) ? [name.normalize('NFC')] : [];
  });
  return names?.length === 0 && members?.length !== 0 ? undefined : names && [...new Set(names)];
}

function membersOf(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value as unknown[];
  if (typeof value === 'string') return [value];
  if (!isJson(value)) return undefined;
  return Object.keys(value).map((key) => (typeof value[key] === 'object' && value[key] !== null ? key : null));
}

function isGroup(name: string): boolean {
  return name.trim() !== '' && !/\p{Cs}/u.test(name) && [...name.normalize('NFC')].length <= 255;
}

/** The user names that claims may give, best first. */
export function toldNames(...sources: readonly (Json | null)[]): string[] {
  const values = ['preferred_username', 'name'].flatMap((name) =>
    sources.map((claims) => claims && ownOf(claims, name)),
  );
  return values.flatMap((value) => {
    const listed = (Array.isArray(value) ? value : [value]) as unknown[];
    const text = listed.find((one) => typeof one === 'string' && one.trim() !== '');
    const number = listed.find((one) => Number.isSafeInteger(one));
    const told = text ?? number;
    return typeof told === 'string' || typeof told === 'number' ? [String(told).normalize('NFC')] : [];
  });
}

/** Whether a value is an object of JSON. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own member of an object. */
export function ownOf(object: Json, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
