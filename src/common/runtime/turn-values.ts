import { yieldToEventLoop } from './event-loop.js';

/** The most values that are kept within a turn. */
const MOST_VALUES = 256;

/**
 * Computes equal values of one turn of the event loop once, such as the digest of a credential that many requests present.
 * Nothing is kept after the turn.
 */
export class TurnValues<Value> {
  private readonly values = new Map<string, Value>();

  /** The value for a key, computed if no one has asked for it in this turn. */
  of(key: string, compute: () => Value): Value {
    const known = this.values.get(key);
    if (known !== undefined) return known;
    const value = compute();
    if (this.values.size === 0) void yieldToEventLoop().then(() => this.values.clear());
    if (this.values.size < MOST_VALUES) this.values.set(key, value);
    return value;
  }
}
