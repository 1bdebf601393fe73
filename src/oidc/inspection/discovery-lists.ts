/** A discovery document as it came (OpenID Connect Discovery 1.0, section 3). */
export type Document = Readonly<Record<string, unknown>>;

/** A list from the discovery document; undefined if absent or empty (RFC 8414, section 3.2: an empty one is left out). */
export function listIn(document: Document, name: string): readonly string[] | undefined {
  const value = document[name];
  const texts = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  return texts.length > 0 ? texts : undefined;
}
