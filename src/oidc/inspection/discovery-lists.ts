/** A discovery document as it came (OpenID Connect Discovery 1.0, section 3). */
export type Document = Readonly<Record<string, unknown>>;

/** A list from the discovery document; undefined if absent. */
export function listIn(document: Document, name: string): readonly string[] | undefined {
  const value = document[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}
