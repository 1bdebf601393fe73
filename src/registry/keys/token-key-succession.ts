import { KeySuccession } from '../../common/crypto/key-succession.js';
import { LONGEST_REGISTRY_TOKEN_MINUTES } from '../../settings/general-settings.schema.js';

/** Registries accept tokens for a minute after they expire, because clocks differ. */
const LEEWAY_MINUTES = 1;
const PUBLISHED_MINUTES = LONGEST_REGISTRY_TOKEN_MINUTES + LEEWAY_MINUTES;

/** Keys of registry tokens: a replaced one stays published until every token that it signed has expired. */
export function successionOfTokenKeys<Key extends { readonly signsFrom: Date }>(
  keys: readonly Key[],
): KeySuccession<Key> {
  return new KeySuccession(keys, PUBLISHED_MINUTES * 60_000);
}
