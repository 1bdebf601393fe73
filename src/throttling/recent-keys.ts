/** A map with a bounded number of keys: the least recently written one is evicted. */
export class RecentKeys<Value> {
  private readonly values = new Map<string, Value>();

  constructor(private readonly most: number) {}

  /** The value of a key, if it has not been evicted. */
  get(key: string): Value | undefined {
    return this.values.get(key);
  }

  /** Writes a value; the key is then the most recent one. */
  set(key: string, value: Value): void {
    this.values.delete(key);
    this.values.set(key, value);
    const [oldest] = this.values.size > this.most ? this.values.keys() : [];
    if (oldest !== undefined) this.values.delete(oldest);
  }
}
