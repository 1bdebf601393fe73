import { v7 } from 'uuid';

/** A new id, made before the insert because sealing binds to it: a UUIDv7 (RFC 9562, section 5.7), in order of time. */
export function newId(): string {
  return v7();
}
