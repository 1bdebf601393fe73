/** Parameters of a request by name: one that occurs more than once has all its values. */
export type RequestParameters = Readonly<Record<string, string | readonly string[]>>;

/** The parameters of a list by name; `resource` (RFC 8707, section 2), for instance, may occur more than once. */
export function parametersByName(
  list: readonly { readonly name: string; readonly value: string }[],
): RequestParameters {
  const values = new Map<string, string[]>();
  for (const { name, value } of list) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(
    [...values].map(([name, [first = '', ...more]]) => [name, more.length > 0 ? [first, ...more] : first]),
  );
}

/** Parameters as they are sent, in their order. */
export function searchParamsOf(parameters: RequestParameters): URLSearchParams {
  const pairs = Object.entries(parameters).flatMap(([name, values]) => [values].flat().map((value) => [name, value]));
  return new URLSearchParams(pairs);
}
