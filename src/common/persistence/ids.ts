import { v7 } from 'uuid';

/**
 * A new id: a UUIDv7 (RFC 9562, section 5.7), which sorts by time. It is made before the insert because ciphertext is
 * bound to it.
 */
export function newId(): string {
  return v7();
}
